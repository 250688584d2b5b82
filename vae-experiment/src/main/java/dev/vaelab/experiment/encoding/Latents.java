package dev.vaelab.experiment.encoding;

import java.util.Arrays;

/**
 * Latents that are to be decoded, in their order.
 *
 * @param latent dimensions of the latent space
 * @param values vectors one after the other
 * @param labels of the images that they are to become, one for each; none for a model that is not conditional
 */
public record Latents(int latent, float[] values, int... labels) {
    /** How many. */
    public int count() {
        return values.length / latent;
    }

    /** Some of them, from one on. */
    public Latents stretch(int from, int count) {
        return new Latents(
                latent,
                Arrays.copyOfRange(values, from * latent, (from + count) * latent),
                labels.length == 0 ? labels : Arrays.copyOfRange(labels, from, from + count));
    }

    /** All of them with each of these labels in turn. */
    public Latents withEach(int... others) {
        float[] repeated = new float[Math.multiplyExact(others.length, values.length)];
        int[] ofAll = new int[Math.multiplyExact(others.length, count())];
        for (int index = 0; index < others.length; index++) {
            System.arraycopy(values, 0, repeated, index * values.length, values.length);
            Arrays.fill(ofAll, index * count(), (index + 1) * count(), others[index]);
        }
        return new Latents(latent, repeated, ofAll);
    }
}
