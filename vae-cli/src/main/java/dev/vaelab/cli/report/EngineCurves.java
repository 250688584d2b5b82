package dev.vaelab.cli.report;

import dev.vaelab.api.training.EpochMetrics;
import dev.vaelab.cli.comparison.ComparedRun;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The validation curves of one engine, in nats per image, over those of its runs that came to their end: one that broke
 * off would bend the mean.
 *
 * @param backend the engine's name
 * @param runs how many runs these are
 * @param loss what training minimizes
 * @param reconstruction its one term
 * @param kl its other term, without beta
 */
public record EngineCurves(String backend, int runs, SeedBand loss, SeedBand reconstruction, SeedBand kl) {
    /** The curves of an engine's runs. */
    static EngineCurves of(String backend, List<ComparedRun> allRuns) {
        List<ComparedRun> runs = allRuns.stream()
                .filter(run -> run.backend().equals(backend) && run.succeeded())
                .toList();
        return new EngineCurves(
                backend,
                runs.size(),
                band(runs, EpochMetrics::validationLoss),
                band(runs, epoch -> epoch.validation().reconstruction()),
                band(runs, epoch -> epoch.validation().kl()));
    }

    private static SeedBand band(List<ComparedRun> runs, ToDoubleFunction<EpochMetrics> figure) {
        return SeedBand.of(runs.stream()
                .map(run -> run.epochs().stream().map(figure::applyAsDouble).toList())
                .toList());
    }
}
