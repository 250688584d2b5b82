package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Part;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a part promises that is computed row by row: a loss may have several rows of an image, or of two batches.
 *
 * @param <S> what kind of part it is
 */
abstract class RowwiseContract<S extends Part> extends PartContract<S> {
    /** Where random numbers come from. */
    static final RandomStreams STREAMS = new RandomStreams(20_261_107);

    private static final int LATENT = 2;
    private static final int PIXELS = 15;
    private static final int ROWS = 4;

    /** @param kind the interface of the part */
    RowwiseContract(Class<S> kind) {
        super(kind);
    }

    /**
     * What a part is computed from.
     *
     * @param images [rows, 1, 3, 5]
     * @param logits [rows, 1, 3, 5]
     * @param posterior of [rows, 2]
     * @param latents [rows, 2]
     * @param noise [rows, 2]
     */
    record Rows<T>(T images, T logits, Posterior<T> posterior, T latents, T noise) {}

    /** What the part makes of rows. */
    abstract <T> T compute(VaeModel<T> model, Rows<T> rows);

    @Test
    @DisplayName("a row gives the same alone as among others")
    void rowByRow() {
        try (VaeModel<?> model = model(LATENT)) {
            float[] together = compute(model, 0, ROWS);
            int each = together.length / ROWS;
            for (int row = 0; row < ROWS; row++) {
                float[] alone = compute(model, row, row + 1);
                float[] among = Arrays.copyOfRange(together, row * each, (row + 1) * each);
                assertEquals(Arrays.toString(among), Arrays.toString(alone), "row " + row);
            }
        }
    }

    private <T> float[] compute(VaeModel<T> model, int from, int to) {
        try (TensorScope<T> scope = model.openScope()) {
            T images = upload(scope, 0, from, to, PIXELS, 1, 3, 5);
            T logits = upload(scope, 1, from, to, PIXELS, 1, 3, 5);
            Posterior<T> posterior = new Posterior<>(
                    upload(scope, 2, from, to, LATENT, LATENT), upload(scope, 3, from, to, LATENT, LATENT));
            T latents = upload(scope, 4, from, to, LATENT, LATENT);
            T noise = upload(scope, 5, from, to, LATENT, LATENT);
            return scope.download(compute(model, new Rows<>(images, logits, posterior, latents, noise)));
        }
    }

    /** Normal numbers; of images, their distance from 0 as far as it is below 1. */
    private static <T> T upload(TensorScope<T> scope, int input, int from, int to, int each, int... shape) {
        float[] values = STREAMS.gaussian(ROWS * each, Purpose.WEIGHTS, input);
        if (input == 0) {
            for (int index = 0; index < values.length; index++) {
                values[index] = Math.min(1, Math.abs(values[index]));
            }
        }
        int[] all = new int[shape.length + 1];
        all[0] = to - from;
        System.arraycopy(shape, 0, all, 1, shape.length);
        return scope.upload(Arrays.copyOfRange(values, from * each, to * each), all);
    }
}
