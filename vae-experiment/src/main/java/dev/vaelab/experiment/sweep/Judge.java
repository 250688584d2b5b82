package dev.vaelab.experiment.sweep;

import dev.vaelab.experiment.file.Ranking;
import dev.vaelab.experiment.run.RunOutcome;
import dev.vaelab.training.EpochMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads from what a run has recorded how good it is: the sweep's metric, on the validation images, of its best epoch, whose
 * weights it would end with.
 *
 * @param metric which figure
 * @param rungs where the runs are compared; nothing if they are compared at their ends only
 */
record Judge(Ranking.Metric metric, Optional<Rungs> rungs) {
    /** The figure of the best of the first epochs; nothing if there are no validation images. */
    Optional<Double> score(List<EpochMetrics> metrics, int epochs) {
        return metrics.stream()
                .filter(epoch -> epoch.epoch() <= epochs && epoch.best() && epoch.validation() != null)
                .reduce((earlier, later) -> later)
                .map(this::figure);
    }

    private double figure(EpochMetrics epoch) {
        return switch (metric) {
            case LOSS -> epoch.validationLoss();
            case TOTAL -> epoch.validation().total();
            case RECONSTRUCTION -> epoch.validation().reconstruction();
        };
    }

    /** The same of a whole run, by its result where that has it. */
    Double score(RunOutcome outcome) {
        return metric == Ranking.Metric.LOSS
                ? outcome.result().bestValidationLoss()
                : score(outcome.epochs(), outcome.result().epochs()).orElse(null);
    }

    /**
     * How far a run has come. One that early stopping has ended counts at every rung as it ended.
     *
     * @param before what was known
     * @throws IllegalStateException if it has come to a rung and has no figure there
     */
    RungProgress progress(RungProgress before, RunOutcome outcome) {
        boolean finished = outcome.result() != null;
        List<EpochMetrics> metrics = outcome.epochs();
        int epochs = finished
                ? outcome.result().epochs()
                : metrics.isEmpty() ? 0 : metrics.get(metrics.size() - 1).epoch();
        List<Double> scores = new ArrayList<>();
        for (int rungEpochs : rungs.orElseThrow().epochs()) {
            boolean reached = rungEpochs <= epochs && rungEpochs <= before.until();
            if (reached || finished) {
                scores.add(score(metrics, rungEpochs)
                        .orElseThrow(() -> new IllegalStateException("no validation figures of the first " + rungEpochs
                                + " epochs in metrics.jsonl, by which it would be compared")));
            }
        }
        return new RungProgress(epochs, before.until(), scores);
    }
}
