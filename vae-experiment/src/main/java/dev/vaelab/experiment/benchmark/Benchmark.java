package dev.vaelab.experiment.benchmark;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.OperationCount;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Engines side by side. This is what {@code --json} prints and what {@code benchmark.json} holds.
 *
 * @param config the experiment, with the first engine's name
 * @param turns turns of each engine
 * @param secondsOfEach for how long each thing was measured in each turn
 * @param operationsPerImage floating-point operations that a model of these sizes takes for an image
 * @param results one for each engine and number of threads, in the order in which they took turns
 */
public record Benchmark(
        ExperimentConfig config, int turns, double secondsOfEach, Operations operationsPerImage, List<Result> results) {
    /** Copies the results. */
    public Benchmark {
        results = List.copyOf(results);
    }

    /**
     * Floating-point operations for an image, see {@link OperationCount}.
     *
     * @param training of a training step
     * @param evaluation of a forward pass
     * @param encoding of the encoder
     * @param decoding of the decoder
     */
    public record Operations(long training, long evaluation, long encoding, long decoding) {
        static Operations of(OperationCount count) {
            return new Operations(count.training(), count.evaluation(), count.encoder(), count.decoder());
        }
    }

    /** Sums up what was measured. */
    static Benchmark of(
            ExperimentConfig config, OperationCount operations, int turns, Duration duration, List<Outcome> outcomes) {
        Map<Integer, Double> peaks = new HashMap<>();
        Map<String, Outcome> best = new HashMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome.succeeded()) {
                outcome.peak().ifPresent(peak -> peaks.merge(outcome.threads(), peak, Math::max));
                best.merge(outcome.contestant().backend(), outcome, Benchmark::faster);
            }
        }
        List<Result> results = outcomes.stream()
                .map(outcome -> outcome.succeeded()
                        ? Result.of(
                                outcome,
                                best.get(outcome.contestant().backend()) == outcome,
                                shares(peaks.get(outcome.threads()), outcome, operations))
                        : Result.failed(outcome))
                .toList();
        return new Benchmark(config, turns, duration.toNanos() / 1e9, Operations.of(operations), results);
    }

    private static PeakShares shares(Double peak, Outcome outcome, OperationCount operations) {
        return peak == null ? null : PeakShares.of(peak, Speeds.of(outcome.turns()), operations);
    }

    private static Outcome faster(Outcome one, Outcome other) {
        return other.trainingSpeed() > one.trainingSpeed() ? other : one;
    }

    /** Whether every engine came to the end of its turns. */
    public boolean complete() {
        return results.stream().allMatch(Result::succeeded);
    }
}
