package dev.vaelab.training.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.training.probe.LabelFidelity.OfLabel;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The fidelity of images to their labels")
final class LabelFidelityTest {
    private static final ImageShape SHAPE = new ImageShape(1, 2, 2);
    private static final int TRAINING = 60;

    /** Labels 2, 3 and 5; images of a label are near each other. */
    private static final int[] LABELS = {2, 3, 5};

    private final ImageSubset training = images(TRAINING, 1);
    private final ImageSubset real = images(9, 4);

    @Test
    @DisplayName("is whole where each image looks as those of its label do, whatever the pieces of the training images")
    void whole() {
        for (int piece : new int[] {1, 7, TRAINING}) {
            LabelFidelity found = LabelFidelity.of(LabelFidelityTest::made, training, real, 10, piece);
            assertEquals(new Accuracy(10, 10), found.generated());
            assertEquals(new Accuracy(9, 9), found.real());
            assertEquals(10, found.k());
        }
    }

    @Test
    @DisplayName("is told label by label, and of as many images of each as can be")
    void labels() {
        // Instead of 5 it makes 3.
        LabelFidelity found = LabelFidelity.of(
                labels -> made(
                        IntStream.of(labels).map(label -> Math.min(label, 3)).toArray()),
                training,
                real,
                10);
        assertEquals(new Accuracy(7, 10), found.generated());
        assertEquals(
                List.of(
                        new OfLabel(2, new Accuracy(4, 4)),
                        new OfLabel(3, new Accuracy(3, 3)),
                        new OfLabel(5, new Accuracy(0, 3))),
                found.labels());
    }

    @Test
    @DisplayName("needs an image of each label that is asked for")
    void tooFew() {
        assertThrows(
                IllegalArgumentException.class, () -> LabelFidelity.of(labels -> new float[3], training, real, 10));
    }

    private static float[] made(int... labels) {
        float[] pixels = new float[labels.length * SHAPE.size()];
        for (int image = 0; image < labels.length; image++) {
            for (int pixel = 0; pixel < SHAPE.size(); pixel++) {
                pixels[image * SHAPE.size() + pixel] = (labels[image] * 40 + 2) / 255f;
            }
        }
        return pixels;
    }

    private static ImageSubset images(int count, int noise) {
        byte[] pixels = new byte[count * SHAPE.size()];
        byte[] labels = new byte[count];
        for (int image = 0; image < count; image++) {
            labels[image] = (byte) LABELS[image % LABELS.length];
            for (int pixel = 0; pixel < SHAPE.size(); pixel++) {
                pixels[image * SHAPE.size() + pixel] = (byte) (labels[image] * 40 + (image + pixel * noise) % 5);
            }
        }
        return new ImageSubset(
                new LabelledImages(SHAPE, pixels, labels),
                IntStream.range(0, count).toArray());
    }
}
