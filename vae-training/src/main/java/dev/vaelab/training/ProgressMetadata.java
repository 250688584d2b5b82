package dev.vaelab.training;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.model.LossTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The progress of a training as the metadata of a checkpoint have it. */
final class ProgressMetadata {
    private static final String STEPS = "vaelab.optimizer.steps";
    private static final String EPOCH = "vaelab.epoch";
    private static final String BATCHES = "vaelab.batches";
    private static final String SUM = "vaelab.sum.";
    private static final String SUM_IMAGES = SUM + "images";
    private static final List<String> TERMS_OF_EVERY_LOSS = List.of(LossTerms.RECONSTRUCTION, LossTerms.KL);
    private static final String BEST_EPOCH = "vaelab.best.epoch";
    private static final String BEST_BATCHES = "vaelab.best.batches";
    private static final String BEST_LOSS = "vaelab.best.loss";
    private static final String PATIENCE_LOSS = "vaelab.patience.loss";
    private static final String PATIENCE_EPOCHS = "vaelab.patience.epochs";
    private static final String TIME = "vaelab.time.nanoseconds";

    private final String place;
    private final Map<String, String> metadata;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * Metadata that were read.
     *
     * @param place the file, for messages
     */
    ProgressMetadata(String place, Map<String, String> metadata) {
        this.place = place;
        this.metadata = metadata;
    }

    /** Writes steps of the optimizer and progress into metadata, in a fixed order. */
    static void put(Map<String, String> metadata, long steps, TrainingProgress progress) {
        metadata.put(STEPS, Long.toString(steps));
        metadata.put(EPOCH, Integer.toString(progress.epoch()));
        metadata.put(BATCHES, Integer.toString(progress.batches()));
        Map<String, Double> terms = progress.sum().terms();
        TERMS_OF_EVERY_LOSS.forEach(term -> metadata.put(SUM + term, Double.toString(terms.getOrDefault(term, 0.0))));
        terms.forEach((term, sum) -> metadata.put(SUM + term, Double.toString(sum)));
        metadata.put(SUM_IMAGES, Long.toString(progress.sum().images()));
        metadata.put(BEST_EPOCH, Integer.toString(progress.bestEpoch()));
        metadata.put(BEST_LOSS, Double.toString(progress.bestLoss()));
        metadata.put(PATIENCE_LOSS, Double.toString(progress.patience().loss()));
        metadata.put(PATIENCE_EPOCHS, Integer.toString(progress.patience().epochs()));
        // Of trainings with a time limit only: others write the same files in every run.
        if (progress.bestBatches() > 0) {
            metadata.put(BEST_BATCHES, Integer.toString(progress.bestBatches()));
        }
        if (!progress.time().isZero()) {
            metadata.put(TIME, Long.toString(progress.time().toNanos()));
        }
    }

    /**
     * The updates that the optimizer has made.
     *
     * @throws InvalidInputException if they are not there, or not a number of updates
     */
    long steps() {
        long steps = count(STEPS, 0);
        requireSound();
        return steps;
    }

    /**
     * How far the training has come.
     *
     * @throws InvalidInputException with every entry that is missing, is not what it should be or contradicts another one
     */
    TrainingProgress progress() {
        int epoch = smallCount(EPOCH, 1);
        int batches = smallCount(BATCHES, 0);
        FigureSum sum = sum();
        int bestEpoch = smallCount(BEST_EPOCH, 0);
        int bestBatches = metadata.containsKey(BEST_BATCHES) ? smallCount(BEST_BATCHES, 1) : 0;
        double bestLoss = loss(BEST_LOSS);
        Patience patience = new Patience(loss(PATIENCE_LOSS), smallCount(PATIENCE_EPOCHS, 0));
        long nanoseconds = metadata.containsKey(TIME) ? count(TIME, 0) : 0;
        requireSound();
        boolean withinThis = bestEpoch == epoch && bestBatches > 0;
        require(bestEpoch < epoch || withinThis, BEST_EPOCH, "an epoch before " + epoch + ", which is in work");
        require(
                !withinThis || bestBatches <= batches,
                BEST_BATCHES,
                "at most " + batches + ", as so many batches of the epoch are done");
        // Without validation images there is no loss, and the last epoch is the best one.
        boolean unvalidated = (bestEpoch == epoch - 1 || withinThis) && patience.equals(Patience.START);
        require(
                bestEpoch == 0 ? Double.isInfinite(bestLoss) : unvalidated || Double.isFinite(bestLoss),
                BEST_LOSS,
                bestEpoch == 0 ? "Infinity, as no epoch is the best" : "the loss of epoch " + bestEpoch);
        require(
                (batches == 0) == (sum.images() == 0),
                SUM_IMAGES,
                batches == 0 ? "0, as no batch of the epoch is done" : "the images of " + batches + " batches");
        require(patience.epochs() < epoch, PATIENCE_EPOCHS, "fewer than " + epoch + ", which is in work");
        requireSound();
        return new TrainingProgress(
                epoch, batches, sum, bestEpoch, bestBatches, bestLoss, patience, Duration.ofNanos(nanoseconds));
    }

    private FigureSum sum() {
        long images = count(SUM_IMAGES, 0);
        Map<String, Double> terms = new LinkedHashMap<>();
        TERMS_OF_EVERY_LOSS.forEach(term -> terms.put(term, finite(SUM + term)));
        // A version that knew no other loss than the ELBO has not summed it up. It is shown, and not learned from.
        terms.put(
                FigureSum.LOSS,
                terms.values().stream().mapToDouble(Double::doubleValue).sum());
        metadata.keySet().stream()
                .filter(key -> key.startsWith(SUM) && !key.equals(SUM_IMAGES))
                .forEach(key -> terms.put(key.substring(SUM.length()), finite(key)));
        return images == 0 ? FigureSum.ZERO : new FigureSum(terms, images);
    }

    private int smallCount(String key, int least) {
        return number(key, Integer::valueOf, value -> value >= least, "a whole number of at least " + least, least);
    }

    private long count(String key, long least) {
        return number(key, Long::valueOf, value -> value >= least, "a whole number of at least " + least, least);
    }

    private double finite(String key) {
        return number(key, Double::valueOf, Double::isFinite, "a finite number", 0.0);
    }

    /** Infinite as long as there is none. */
    private double loss(String key) {
        return number(
                key,
                Double::valueOf,
                value -> Double.isFinite(value) || value == Double.POSITIVE_INFINITY,
                "a validation loss",
                0.0);
    }

    private <N extends Number> N number(
            String key, Function<String, N> parser, Predicate<N> right, String expected, N otherwise) {
        String text = metadata.get(key);
        try {
            N value = text == null ? null : parser.apply(text);
            if (value != null && right.test(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number of the wrong size is.
        }
        report(key, expected);
        return otherwise;
    }

    private void require(boolean right, String key, String expected) {
        if (!right) {
            report(key, expected);
        }
    }

    private void report(String key, String expected) {
        problems.add(new Problem(
                place + ": metadata " + key,
                metadata.getOrDefault(key, "nothing"),
                expected,
                "the file is damaged, or is no checkpoint that train has written"));
    }

    private void requireSound() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
