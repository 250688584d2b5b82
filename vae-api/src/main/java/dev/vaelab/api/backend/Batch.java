package dev.vaelab.api.backend;

import dev.vaelab.api.model.Architecture;

/**
 * The data of one training step.
 *
 * @param count number of images, at least one
 * @param images pixels in [0,1], count images one after the other, each in the order of {@link
 *     dev.vaelab.api.model.ImageShape}
 * @param noise standard normal noise for the sampler, count vectors of the latent size one after the other,
 *     or as many times more as the loss takes for each image
 * @param labels one for each image, at least 0; models that are not conditional look at none, and need none
 */
public record Batch(int count, float[] images, float[] noise, int[] labels) {
    /** Images without labels. */
    public Batch(int count, float[] images, float[] noise) {
        this(count, images, noise, new int[0]);
    }

    /**
     * Checks that the arrays hold what a training step of a model of this architecture takes.
     *
     * <p>Batch normalization needs at least two values of each channel: the unbiased variance of one value is 0/0.
     * PyTorch refuses such a batch too. It takes a single image and layers that shrink it to one pixel.
     *
     * @param vectors of noise that the loss takes for each image
     * @throws IllegalArgumentException if a length is wrong, if a conditional model has no class of a label, or if a channel has
     *     a single value to normalize
     */
    public void requireFits(Architecture architecture, int vectors) {
        requireLength("images", images.length, architecture.image().size());
        requireLength("noise", noise.length, Math.multiplyExact(architecture.latent(), vectors));
        if (architecture.conditional()) {
            requireLength("labels", labels.length, 1);
            architecture.requireLabels(labels);
        }
        if (count < architecture.smallestBatch()) {
            throw new IllegalArgumentException("batch normalization needs more than one value per channel in training,"
                    + " found a batch of 1 with features of one pixel");
        }
    }

    private void requireLength(String what, int found, int each) {
        if (count < 1 || found != Math.multiplyExact(count, each)) {
            throw new IllegalArgumentException("a batch of " + count + " needs " + count + " x " + each + " values of "
                    + what + ", found " + found);
        }
    }
}
