package dev.vaelab.experiment.scoring;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.training.score.ImageScore;
import dev.vaelab.training.score.Score;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Images of a data set, each with what a model says of it. */
public final class ScoredImages {
    private final String dataset;
    private final List<String> classNames;
    private final ImageSubset images;
    private final List<ImageScore> scores;
    private final long[] complexities;

    /**
     * Puts together what belongs together.
     *
     * @param dataset name of the data set, for people
     * @param classNames what the labels stand for, the name of label 0 first; as many as are known
     * @param images at least one
     * @param scores of each image
     * @param complexities of each image, in bits, see {@link dev.vaelab.training.score.ImageComplexity}
     * @throws RunFailedException if a score is not a finite number: such images cannot be compared
     */
    public ScoredImages(
            String dataset, List<String> classNames, ImageSubset images, List<ImageScore> scores, long[] complexities) {
        this.dataset = dataset;
        this.classNames = List.copyOf(classNames);
        this.images = images;
        this.scores = List.copyOf(scores);
        this.complexities = complexities.clone();
        IntStream.range(0, scores.size())
                .filter(image -> !scores.get(image).finite())
                .findFirst()
                .ifPresent(image -> {
                    throw new RunFailedException("image " + images.source(image) + " of " + dataset
                            + " has a reconstruction of " + scores.get(image).reconstruction() + " and a KL of "
                            + scores.get(image).kl() + ": the engine cannot compute with these weights on it");
                });
    }

    /** Name of the data set, for people. */
    public String dataset() {
        return dataset;
    }

    /** The images. */
    public ImageSubset images() {
        return images;
    }

    /** How many images there are. */
    public int count() {
        return scores.size();
    }

    /** What the model says of an image. */
    public ImageScore score(int image) {
        return scores.get(image);
    }

    /** Bits of an image, compressed without a loss. */
    public long complexity(int image) {
        return complexities[image];
    }

    /** What the label of an image stands for; nothing if nobody knows. */
    public Optional<String> className(int image) {
        int label = images.label(image);
        return label < classNames.size() ? Optional.of(classNames.get(label)) : Optional.empty();
    }

    /** Whether log p(x) was estimated. */
    public boolean withLikelihood() {
        return scores.get(0).likelihood().isPresent();
    }

    /** A score of each image. */
    public double[] values(Score score) {
        return score.ofEach(scores, complexities);
    }

    /** The mean of a figure over the images. */
    public double mean(ToDoubleFunction<ImageScore> figure) {
        return scores.stream().mapToDouble(figure).sum() / scores.size();
    }
}
