package dev.vaelab.report.page;

import dev.vaelab.experiment.comparison.ComparedRun;
import dev.vaelab.training.EpochMetrics;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What one engine's runs did epoch by epoch, over those that came to their end: one that broke off would bend the mean.
 *
 * @param backend the engine's name
 * @param runs how many runs these are
 * @param training means over an epoch, each image with the weights of its step; a warm-up's beta is that of the epoch
 * @param validation after an epoch
 * @param imagesPerSecond speed of training
 * @param residentMegabytes memory of the process after an epoch; empty where the system does not tell
 */
public record EngineCurves(
        String backend,
        int runs,
        LossBands training,
        LossBands validation,
        SeedBand imagesPerSecond,
        SeedBand residentMegabytes) {
    private static final double BYTES_OF_A_MEGABYTE = 1e6;

    /** The curves of an engine's runs. */
    static EngineCurves of(String backend, List<ComparedRun> allRuns) {
        List<List<EpochMetrics>> runs = allRuns.stream()
                .filter(run -> run.backend().equals(backend) && run.succeeded())
                .map(ComparedRun::epochs)
                .toList();
        return new EngineCurves(
                backend,
                runs.size(),
                LossBands.of(runs.stream().map(LossCurves::ofTraining).toList()),
                LossBands.of(runs.stream().map(LossCurves::ofValidation).toList()),
                band(runs, EpochMetrics::imagesPerSecond),
                residentMegabytes(runs));
    }

    private static SeedBand residentMegabytes(List<List<EpochMetrics>> runs) {
        List<List<EpochMetrics>> told = runs.stream()
                .filter(epochs ->
                        epochs.stream().allMatch(epoch -> epoch.residentBytes().isPresent()))
                .toList();
        return band(told, epoch -> epoch.residentBytes().getAsLong() / BYTES_OF_A_MEGABYTE);
    }

    private static SeedBand band(List<List<EpochMetrics>> runs, ToDoubleFunction<EpochMetrics> figure) {
        Function<EpochMetrics, Double> boxed = figure::applyAsDouble;
        return SeedBand.of(
                runs.stream().map(epochs -> epochs.stream().map(boxed).toList()).toList());
    }
}
