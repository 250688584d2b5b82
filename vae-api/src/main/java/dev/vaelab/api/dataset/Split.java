package dev.vaelab.api.dataset;

import dev.vaelab.api.random.Purpose;
import java.util.Locale;

/** The parts into which the images of an experiment are split. */
public enum Split {
    /** Images to learn from. */
    TRAIN(Purpose.TRAINING_EVALUATION_NOISE),
    /** Images that choose the best checkpoint, held out of the training images. */
    VALIDATION(Purpose.VALIDATION_NOISE),
    /** Images that the result is reported on; they decide nothing. */
    TEST(Purpose.TEST_NOISE);

    private final Purpose evaluationNoise;

    Split(Purpose evaluationNoise) {
        this.evaluationNoise = evaluationNoise;
    }

    /** What the sampler's noise is drawn for when this part is evaluated. */
    public Purpose evaluationNoise() {
        return evaluationNoise;
    }

    /** The name for people and files: {@code train}, {@code validation} or {@code test}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
