package dev.vaelab.api.backend;

import dev.vaelab.api.model.Architecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
     * The same images in several batches, in their order, each with its noise and labels.
     *
     * @param most images of every batch but the last, at least one
     */
    public List<Batch> split(int most) {
        if (most >= count) {
            return List.of(this);
        }
        List<Batch> parts = new ArrayList<>();
        for (int from = 0; from < count; from += most) {
            int to = Math.min(count, from + most);
            parts.add(new Batch(
                    to - from,
                    part(images, from, to),
                    part(noise, from, to),
                    labels.length == 0 ? labels : Arrays.copyOfRange(labels, from, to)));
        }
        return parts;
    }

    private float[] part(float[] values, int from, int to) {
        int each = values.length / count;
        return Arrays.copyOfRange(values, from * each, to * each);
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
