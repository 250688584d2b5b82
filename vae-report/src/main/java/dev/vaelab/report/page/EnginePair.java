package dev.vaelab.report.page;

import dev.vaelab.experiment.comparison.ComparedRun;
import dev.vaelab.experiment.comparison.EngineDifference;
import dev.vaelab.training.EpochMetrics;
import java.util.ArrayList;
import java.util.List;

/**
 * Two engines, seed by seed.
 *
 * @param difference on the test images
 * @param verdict what that comes to
 * @param validation second minus first after each epoch, in nats per image; empty if there are no validation images
 */
public record EnginePair(EngineDifference difference, Verdict verdict, SeedBand validation) {
    /** The pair of a difference. */
    static EnginePair of(EngineDifference difference, List<ComparedRun> runs) {
        List<List<Double>> curves = new ArrayList<>();
        for (ComparedRun second : successful(difference.second(), runs)) {
            successful(difference.first(), runs).stream()
                    .filter(first -> first.seed() == second.seed())
                    .forEach(first -> curves.add(differences(first.epochs(), second.epochs())));
        }
        return new EnginePair(difference, Verdict.on(difference), SeedBand.of(curves));
    }

    private static List<ComparedRun> successful(String backend, List<ComparedRun> runs) {
        return runs.stream()
                .filter(run -> run.backend().equals(backend) && run.succeeded())
                .toList();
    }

    private static List<Double> differences(List<EpochMetrics> first, List<EpochMetrics> second) {
        List<Double> differences = new ArrayList<>();
        for (int epoch = 0; epoch < Math.min(first.size(), second.size()); epoch++) {
            if (first.get(epoch).validationLoss() == null || second.get(epoch).validationLoss() == null) {
                return List.of();
            }
            differences.add(
                    second.get(epoch).validationLoss() - first.get(epoch).validationLoss());
        }
        return differences;
    }
}
