package dev.vaelab.experiment;

/**
 * Where a model places images in its latent space: the approximate posterior q(z|x) of each, which is a Gaussian with independent
 * dimensions.
 *
 * @param means the posterior means, [images][latent]; {@link TrainedModel#decode(float[]...)} takes them
 * @param deviations the posterior standard deviations, [images][latent]; positive
 */
public record Encoding(float[][] means, float[][] deviations) {
    /** Number of images. */
    public int count() {
        return means.length;
    }
}
