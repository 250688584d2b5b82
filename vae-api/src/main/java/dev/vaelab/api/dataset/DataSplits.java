package dev.vaelab.api.dataset;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.Binarization;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ValidationFrom;
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
 * @param validation images that choose the best checkpoint; without any it is the last one
 * @param test images that the result is reported on
 */
public record DataSplits(ImageSubset train, ImageSubset trainEvaluated, ImageSubset validation, ImageSubset test) {
    private static final String VALIDATION = "dataset.validation";

    /**
     * Splits a data set as the experiment asks for.
     *
     * <p>A fraction as {@code validation} stands for the nearest number of images, see {@link
     * dev.vaelab.api.experiment.ValidationSize}.
     *
     * <p>Validation images that are drawn from the training images are chosen by the experiment's seed: the training images are
     * shuffled; the first {@code validation} of them validate and the next {@code train} are trained on, so that a smaller {@code
     * train} changes nothing in validation. Otherwise validation takes the last of the training images, or the first images of a
     * file of its own, or none; of the training images that this leaves the seed chooses {@code train}, and without that number
     * all are trained on. The first {@code test} test images are tested on, in their order.
     *
     * @throws InvalidInputException with every size that the data set cannot serve; places are {@code dataset.validation},
     *     {@code dataset.validationFrom}, {@code dataset.train} and {@code dataset.test}
     */
    public static DataSplits of(Dataset dataset, DatasetConfig config, RandomStreams streams) {
        List<Problem> problems = problems(
                config,
                dataset.name(),
                dataset.training().count(),
                dataset.validation().map(LabelledImages::count).orElse(0),
                dataset.test().count());
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        RandomStreams drawn =
                config.binarizationSeed() == null ? streams : new RandomStreams(config.binarizationSeed());
        LabelledImages training =
                binarized(dataset.training(), config.binarization(), drawn, Purpose.BINARIZATION_OF_TRAINING);
        LabelledImages test = binarized(dataset.test(), config.binarization(), drawn, Purpose.BINARIZATION_OF_TEST);
        int tested = config.test() == null ? test.count() : config.test();
        int taken = config.validationOfTraining(training.count());
        int[] order = config.validationFrom() == ValidationFrom.RANDOM
                ? streams.permutation(training.count(), Purpose.SPLIT)
                : validationFirst(training.count(), taken, config.train(), streams);
        int trainEnd = config.train() == null ? order.length : taken + config.train();
        ImageSubset validation = config.validationFrom() == ValidationFrom.FILE
                ? ofFile(dataset.validation().orElseThrow(), config, drawn)
                : new ImageSubset(training, Arrays.copyOfRange(order, 0, taken));
        ImageSubset trainEvaluated = new ImageSubset(training, Arrays.copyOfRange(order, taken, trainEnd));
        return new DataSplits(
                config.binarization() == Binarization.STOCHASTIC
                        ? trainEvaluated.of(dataset.training())
                        : trainEvaluated,
                trainEvaluated,
                validation,
                new ImageSubset(test, IntStream.range(0, tested).toArray()));
    }

    /** The last images, which validate, then those before: in their order if all are trained on, else chosen by the seed. */
    private static int[] validationFirst(int count, int taken, Integer train, RandomStreams streams) {
        int left = count - taken;
        IntStream trained =
                train == null ? IntStream.range(0, left) : Arrays.stream(streams.permutation(left, Purpose.SPLIT));
        return IntStream.concat(IntStream.range(left, count), trained).toArray();
    }

    private static ImageSubset ofFile(LabelledImages images, DatasetConfig config, RandomStreams drawn) {
        LabelledImages binary = binarized(images, config.binarization(), drawn, Purpose.BINARIZATION_OF_VALIDATION);
        int count = config.validation() == null
                ? images.count()
                : config.validation().of(images.count());
        return new ImageSubset(binary, IntStream.range(0, count).toArray());
    }

    private static LabelledImages binarized(
            LabelledImages images, Binarization binarization, RandomStreams streams, Purpose purpose) {
        return switch (binarization) {
            case NONE -> images;
            case THRESHOLD -> images.thresholded();
            case STOCHASTIC, FIXED -> images.drawn(streams.open(purpose));
        };
    }

    /**
     * The images of a part, as an evaluation sees them.
     *
     * @throws InvalidInputException if the experiment validates on no images and these are asked for
     */
    public ImageSubset get(Split split) {
        return switch (split) {
            case TRAIN -> trainEvaluated;
            case VALIDATION -> requireValidation();
            case TEST -> test;
        };
    }

    /** Whether there are validation images; if not, the last checkpoint is the best one. */
    public boolean validates() {
        return validation.count() > 0;
    }

    private ImageSubset requireValidation() {
        if (!validates()) {
            throw new InvalidInputException(new Problem(
                    VALIDATION,
                    "0, no images to validate on",
                    "validation images, since they are asked for",
                    "ask for the training or the test images"));
        }
        return validation;
    }

    /**
     * Every size that a data set cannot serve; places as those of {@link #of}.
     *
     * @param name of the data set
     * @param available its training images
     * @param validations its validation images; 0 if it has none of its own
     * @param tests its test images
     */
    public static List<Problem> problems(DatasetConfig config, String name, int available, int validations, int tests) {
        int taken = config.validationOfTraining(available);
        boolean takes = taken > 0;
        if (takes && available < 2) {
            return List.of(Problem.of(
                    "dataset", "1 training image in " + name, "at least 2: one to train on and one to validate on"));
        }
        String has = name + " has " + available + " training images";
        List<Problem> problems = new ArrayList<>();
        Optional<Problem> validation = takes
                ? outOfRange(
                        VALIDATION,
                        config.validation().toString(),
                        taken,
                        available - 1,
                        has + " and at least one is left to train on",
                        "the default is 10000, so smaller data sets need a value")
                : ofFile(config, name, validations);
        validation.ifPresent(problems::add);
        if (config.train() != null) {
            boolean unknown = takes && validation.isPresent();
            int left = unknown ? available - 1 : available - taken;
            String held = unknown ? "at least one" : Integer.toString(taken);
            outOfRange("dataset.train", config.train(), left, has + (takes ? " and validation takes " + held : ""), "")
                    .ifPresent(problems::add);
        }
        if (config.test() != null) {
            outOfRange("dataset.test", config.test(), tests, name + " has " + tests + " test images", "")
                    .ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<Problem> ofFile(DatasetConfig config, String name, int validations) {
        if (config.validationFrom() != ValidationFrom.FILE) {
            return Optional.empty();
        }
        if (validations == 0) {
            return Optional.of(new Problem(
                    "dataset.validationFrom",
                    ValidationFrom.FILE.toString(),
                    "random or last, since " + name + " has no validation images of its own",
                    ""));
        }
        return config.validation() == null || config.validation().isNone()
                ? Optional.empty()
                : outOfRange(
                        VALIDATION,
                        config.validation().toString(),
                        config.validation().of(validations),
                        validations,
                        name + " has " + validations + " validation images",
                        "");
    }

    private static Optional<Problem> outOfRange(String place, int found, int most, String reason, String advice) {
        return outOfRange(place, Integer.toString(found), found, most, reason, advice);
    }

    /** @param text what the file has, of which {@code found} is the number of images */
    private static Optional<Problem> outOfRange(
            String place, String text, int found, int most, String reason, String advice) {
        return found >= 1 && found <= most
                ? Optional.empty()
                : Optional.of(new Problem(place, text, "1 to " + most + ", since " + reason, advice));
    }
}
