package dev.vaelab.cli.report;

import dev.vaelab.api.training.EpochMetrics;
import java.util.List;

/**
 * The validation curves of one run, one value for each epoch, in nats per image.
 *
 * @param run its name
 * @param loss what training minimizes
 * @param reconstruction its one term
 * @param kl its other term, without beta
 */
public record RunCurves(String run, List<Double> loss, List<Double> reconstruction, List<Double> kl) {
    /** The curves of a run's epochs. */
    static RunCurves of(String run, List<EpochMetrics> epochs) {
        return new RunCurves(
                run,
                epochs.stream().map(EpochMetrics::validationLoss).toList(),
                epochs.stream()
                        .map(epoch -> epoch.validation().reconstruction())
                        .toList(),
                epochs.stream().map(epoch -> epoch.validation().kl()).toList());
    }
}
