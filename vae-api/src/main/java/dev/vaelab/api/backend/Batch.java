package dev.vaelab.api.backend;

import dev.vaelab.api.model.Architecture;

/**
 * The data of one training step.
 *
 * @param count number of images, at least one
 * @param images pixels in [0,1], count images one after the other, each in the order of {@link
 *     dev.vaelab.api.model.ImageShape}
 * @param noise standard normal noise for the sampler, count vectors of the latent size one after the other
 */
public record Batch(int count, float[] images, float[] noise) {
    /**
     * Checks that the arrays hold what a model of this architecture takes.
     *
     * @throws IllegalArgumentException if a length is wrong
     */
    public void requireFits(Architecture architecture) {
        requireLength("images", images.length, architecture.image().size());
        requireLength("noise", noise.length, architecture.latent());
    }

    private void requireLength(String what, int found, int each) {
        if (count < 1 || found != Math.multiplyExact(count, each)) {
            throw new IllegalArgumentException("a batch of " + count + " needs " + count + " x " + each + " values of "
                    + what + ", found " + found);
        }
    }
}
