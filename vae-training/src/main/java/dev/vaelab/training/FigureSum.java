package dev.vaelab.training;

import dev.vaelab.api.model.Figures;

/**
 * Sums of the two terms over images seen so far; in float64, so that the mean over a split does not depend on its size.
 *
 * @param reconstruction sum of the reconstruction terms, in nats
 * @param kl sum of the KL terms, in nats
 * @param images how many images were summed
 */
public record FigureSum(double reconstruction, double kl, long images) {
    /** Nothing summed yet. */
    public static final FigureSum ZERO = new FigureSum(0, 0, 0);

    /** This sum and a batch whose means are given. */
    public FigureSum plusMeans(double reconstructionMean, double klMean, int count) {
        return new FigureSum(reconstruction + reconstructionMean * count, kl + klMean * count, images + count);
    }

    /** This sum and the terms of a batch's images, one value for each. */
    public FigureSum plusEach(float[] reconstructions, float[] kls) {
        double reconstructionSum = 0;
        double klSum = 0;
        for (int image = 0; image < reconstructions.length; image++) {
            reconstructionSum += reconstructions[image];
            klSum += kls[image];
        }
        return new FigureSum(reconstruction + reconstructionSum, kl + klSum, images + reconstructions.length);
    }

    /**
     * Means over the images.
     *
     * @throws IllegalStateException if there was no image
     */
    public Figures mean() {
        if (images == 0) {
            throw new IllegalStateException("there is no mean of no images");
        }
        return new Figures(reconstruction / images, kl / images);
    }
}
