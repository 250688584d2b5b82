package dev.vaelab.training.probe;

import dev.vaelab.training.neighbours.Points;

/**
 * How well labels are told from the posterior means of images, by classifiers that learn from those of the training images.
 *
 * <p>Nothing is chosen by looking at labels of other images: regularization and number of neighbours are fixed.
 *
 * @param linear logistic regression of standardized means, see {@link LinearProbe}
 * @param neighbours the vote of the nearest means, see {@link NeighbourVote}. They are not standardized: the prior gives the latent space
 *     its scale, and a dimension that tells nothing, whose means hardly vary, must not be blown up to weigh as much as the others
 * @param k how many neighbours vote
 * @param cost C of the logistic regression
 * @param classes labels that there are among the training images
 * @param mostFrequent accuracy of always telling the most frequent label of the training images
 */
public record LatentProbe(
        Accuracy linear, Accuracy neighbours, int k, double cost, int classes, Accuracy mostFrequent) {
    /** Neighbours that vote, if there are as many training images. */
    public static final int NEIGHBOURS = 10;

    /**
     * Learns from some features, and is asked for the labels of others.
     *
     * @param training with two labels at least; all values finite
     * @param asked of the same width; all values finite
     */
    public static LatentProbe of(LabelledFeatures training, LabelledFeatures asked) {
        int k = Math.min(NEIGHBOURS, training.count());
        NeighbourVote vote = new NeighbourVote(new Points(asked.width(), asked.values()), k);
        vote.add(new Points(training.width(), training.values()), training.labels());
        return new LatentProbe(
                LinearProbe.learn(training).accuracy(asked),
                Accuracy.of(asked.labels(), vote.labels()),
                k,
                LinearProbe.COST,
                training.classes(),
                Accuracy.ofAlways(training.mostFrequent(), asked.labels()));
    }
}
