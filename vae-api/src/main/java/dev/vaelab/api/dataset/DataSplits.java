package dev.vaelab.api.dataset;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.Binarization;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The images of an experiment, split; no image is in two parts.
 *
 * <p>What is evaluated is binarized already, as the experiment asks for. What is learned from is, too, unless a
 * stochastic binarization draws each epoch's own: {@link TrainingBatches} does that.
 *
 * @param train images to learn from
 * @param trainEvaluated the same images as an evaluation of them sees them
 * @param validation images that choose the best checkpoint
 * @param test images that the result is reported on
 */
public record DataSplits(ImageSubset train, ImageSubset trainEvaluated, ImageSubset validation, ImageSubset test) {
    /**
     * Splits a data set by the experiment's seed. The training images are shuffled; the first {@code validation} of them
     * validate and the next {@code train} are trained on, so that a smaller {@code train} changes nothing in validation.
     * The first {@code test} test images are tested on, in their order.
     *
     * @throws InvalidInputException with every size that the data set cannot serve; places are {@code
     *     dataset.validation}, {@code dataset.train} and {@code dataset.test}
     */
    public static DataSplits of(Dataset dataset, DatasetConfig config, RandomStreams streams) {
        List<Problem> problems = problems(
                config,
                dataset.name(),
                dataset.training().count(),
                dataset.test().count());
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        LabelledImages training =
                binarized(dataset.training(), config.binarization(), streams, Purpose.BINARIZATION_OF_TRAINING);
        LabelledImages test = binarized(dataset.test(), config.binarization(), streams, Purpose.BINARIZATION_OF_TEST);
        int[] order = streams.permutation(training.count(), Purpose.SPLIT);
        int validationEnd = config.validation();
        int trainEnd = config.train() == null ? order.length : validationEnd + config.train();
        int tested = config.test() == null ? test.count() : config.test();
        ImageSubset trainEvaluated = new ImageSubset(training, Arrays.copyOfRange(order, validationEnd, trainEnd));
        return new DataSplits(
                config.binarization() == Binarization.STOCHASTIC
                        ? trainEvaluated.of(dataset.training())
                        : trainEvaluated,
                trainEvaluated,
                new ImageSubset(training, Arrays.copyOfRange(order, 0, validationEnd)),
                new ImageSubset(test, IntStream.range(0, tested).toArray()));
    }

    private static LabelledImages binarized(
            LabelledImages images, Binarization binarization, RandomStreams streams, Purpose purpose) {
        return switch (binarization) {
            case NONE -> images;
            case THRESHOLD -> images.thresholded();
            case STOCHASTIC, FIXED -> images.drawn(streams.open(purpose));
        };
    }

    /** The images of a part, as an evaluation sees them. */
    public ImageSubset get(Split split) {
        return switch (split) {
            case TRAIN -> trainEvaluated;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    /**
     * Every size that a data set cannot serve; places as those of {@link #of}.
     *
     * @param name of the data set
     * @param available its training images
     * @param tests its test images
     */
    public static List<Problem> problems(DatasetConfig config, String name, int available, int tests) {
        if (available < 2) {
            return List.of(Problem.of(
                    "dataset", "1 training image in " + name, "at least 2: one to train on and one to validate on"));
        }
        String has = name + " has " + available + " training images";
        List<Problem> problems = new ArrayList<>();
        Optional<Problem> validation = outOfRange(
                "dataset.validation",
                config.validation(),
                available - 1,
                has + " and at least one is left to train on",
                "the default is 10000, so smaller data sets need a value");
        validation.ifPresent(problems::add);
        if (config.train() != null) {
            int left = validation.isPresent() ? available - 1 : available - config.validation();
            String taken = validation.isPresent()
                    ? "at least one"
                    : config.validation().toString();
            outOfRange("dataset.train", config.train(), left, has + " and validation takes " + taken, "")
                    .ifPresent(problems::add);
        }
        if (config.test() != null) {
            outOfRange("dataset.test", config.test(), tests, name + " has " + tests + " test images", "")
                    .ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<Problem> outOfRange(String place, int found, int most, String reason, String advice) {
        return found >= 1 && found <= most
                ? Optional.empty()
                : Optional.of(
                        new Problem(place, Integer.toString(found), "1 to " + most + ", since " + reason, advice));
    }
}
