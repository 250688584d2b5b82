package dev.vaelab.report.picture;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.TrainingListener;

/**
 * Writes {@code images/epochs/samples-001.png} and so on: after each epoch the images of the same latents, so that a person
 * sees them improve. They are the first of those in {@code samples.png}.
 */
public final class EpochPictures implements TrainingListener {
    /** A picture of them is small enough that a page can hold those of many epochs. */
    public static final int SAMPLES = 16;

    private final RunFolder run;
    private final ModelPictures pictures;
    private final Extras extras;

    /** Pictures of the epochs of a run. */
    public EpochPictures(RunFolder run, ModelPictures pictures, Extras extras) {
        this.run = run;
        this.pictures = pictures;
        this.extras = extras;
    }

    @Override
    public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
        extras.attempt(
                "pictures of the epochs",
                () -> run.writePicture(
                        run.epochSamples(metrics.epoch()),
                        pictures.samples(model, SAMPLES).png()));
    }
}
