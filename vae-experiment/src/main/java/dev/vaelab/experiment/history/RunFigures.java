package dev.vaelab.experiment.history;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.estimate.DecompositionFigures;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.estimate.LabelFidelityFigures;
import dev.vaelab.experiment.estimate.LikelihoodFigures;
import dev.vaelab.experiment.estimate.ProbeFigures;
import dev.vaelab.experiment.estimate.RunEstimates;
import dev.vaelab.experiment.estimate.SeparationFigures;
import dev.vaelab.experiment.run.MemoryRecord;
import dev.vaelab.experiment.run.MetricsFile;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.score.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The figures of two runs, side by side. */
public final class RunFigures {
    /** The unit of losses and their terms. */
    public static final String NATS = "nats per image";

    /** Unit of shares, from 0 to 1. */
    public static final String SHARE = "share";

    /** Unit of squared distances of features, which have none of their own. */
    public static final String DISTANCE = "squared distance";

    private static final double MEGABYTE = 1e6;

    private final RecordedRun first;
    private final RecordedRun second;
    private final List<FigurePair> pairs = new ArrayList<>();

    private RunFigures(RecordedRun first, RecordedRun second) {
        this.first = first;
        this.second = second;
    }

    static List<FigurePair> of(RecordedRun first, RecordedRun second) {
        RunFigures figures = new RunFigures(first, second);
        figures.addAll();
        return figures.pairs;
    }

    private void addAll() {
        add("epochs done", "", run -> Optional.of((double) run.epochs().size()), config -> "");
        add("best epoch", "", run -> best(run).map(epoch -> (double) epoch.epoch()), config -> "");
        add("validation loss", NATS, run -> best(run).map(EpochMetrics::validationLoss), Measures::ofValidation);
        addTest("test reconstruction", Figures::reconstruction);
        addTest("test kl", Figures::kl);
        addTest("test total", Figures::total);
        Stream.of(first, second)
                .flatMap(run -> run.result().stream())
                .flatMap(result -> result.test().added().keySet().stream())
                .distinct()
                .forEach(term ->
                        addTest("test " + term, figures -> figures.added().get(term)));
        addEstimates(
                "log p(x) under ",
                NATS,
                RunEstimates::likelihoods,
                LikelihoodFigures::stamp,
                LikelihoodFigures::logLikelihood);
        addEstimates(
                "mutual information under ",
                NATS,
                RunEstimates::decompositions,
                DecompositionFigures::stamp,
                figures -> figures.parts().mutualInformation().value());
        addEstimates(
                "total correlation under ",
                NATS,
                RunEstimates::decompositions,
                DecompositionFigures::stamp,
                figures -> figures.parts().totalCorrelation().value());
        addEstimates(
                "KL of the aggregate posterior under ",
                NATS,
                RunEstimates::decompositions,
                DecompositionFigures::stamp,
                figures -> figures.parts().aggregateKl().value());
        addEstimates(
                "labels by a linear probe under ",
                SHARE,
                RunEstimates::probes,
                ProbeFigures::stamp,
                figures -> figures.accuracies().linear().value());
        addEstimates(
                "labels by nearest neighbours under ",
                SHARE,
                RunEstimates::probes,
                ProbeFigures::stamp,
                figures -> figures.accuracies().neighbours().value());
        addEstimates(
                "labels told from images made of them under ",
                SHARE,
                RunEstimates::fidelities,
                LabelFidelityFigures::stamp,
                figures -> figures.fidelity().generated().value());
        addFigures(
                "Fréchet distance of ",
                DISTANCE,
                RunEstimates::qualities,
                figures -> figures.conditions() + ", prior " + figures.source().label(),
                figures -> figures.quality().frechetDistance());
        for (Score score : Score.values()) {
            addFigures(
                    "AUROC by " + score.title() + " under ",
                    SHARE,
                    estimates -> estimates.separations().stream()
                            .filter(figures -> figures.separation(score).isPresent())
                            .toList(),
                    SeparationFigures::conditions,
                    figures -> figures.separation(score)
                            .map(separation -> separation.auroc().value())
                            .orElse(null));
        }
        add(
                "training speed",
                "images/s",
                run -> Optional.ofNullable(MetricsFile.medianImagesPerSecond(run.epochs())),
                config -> "");
        add("time to first step", "s", run -> run.provenance().map(Provenance::secondsToFirstStep), config -> "");
        add(
                "peak memory",
                "MB",
                run -> run.provenance()
                        .map(Provenance::memory)
                        .map(MemoryRecord::peak)
                        .map(bytes -> bytes / MEGABYTE),
                config -> "");
    }

    /** Estimates are beside each other if they are of the same kind, and else by themselves. */
    private <V> void addEstimates(
            String figure,
            String unit,
            Function<RunEstimates, List<V>> kind,
            Function<V, EstimateStamp> stamp,
            Function<V, Double> value) {
        addFigures(figure, unit, kind, figures -> stamp.apply(figures).conditions(), value);
    }

    private <V> void addFigures(
            String figure,
            String unit,
            Function<RunEstimates, List<V>> kind,
            Function<V, String> conditions,
            Function<V, Double> value) {
        Stream.of(first, second)
                .flatMap(run -> kind.apply(run.estimates()).stream())
                .map(conditions)
                .distinct()
                .forEach(same -> {
                    Function<RecordedRun, Double> of = run -> kind.apply(run.estimates()).stream()
                            .filter(figures -> conditions.apply(figures).equals(same))
                            .map(value)
                            .findFirst()
                            .orElse(null);
                    pairs.add(FigurePair.of(figure + same, unit, of.apply(first), same, of.apply(second), same));
                });
    }

    private void addTest(String figure, Function<Figures, Double> term) {
        add(figure, NATS, run -> run.result().map(RunResult::test).map(term), Measures::ofTest);
    }

    private void add(
            String figure,
            String unit,
            Function<RecordedRun, Optional<Double>> value,
            Function<ExperimentConfig, String> measure) {
        String measureOfFirst = first.config().map(measure).orElse("");
        String measureOfSecond = second.config().map(measure).orElse("");
        Optional<String> images = first.provenance().map(Measures::images);
        Optional<String> others = second.provenance().map(Measures::images);
        if (images.isPresent() && images.equals(others) && equalButForPath(measure)) {
            measureOfSecond = measureOfFirst;
        }
        // Pictures may have changed since under the same path.
        if (!measureOfFirst.isEmpty() && measureOfFirst.equals(measureOfSecond)) {
            if (images.isPresent() && others.isPresent() && !images.equals(others)) {
                measureOfFirst += ", images " + images.get();
                measureOfSecond += ", images " + others.get();
            }
        }
        pairs.add(FigurePair.of(
                figure,
                unit,
                value.apply(first).orElse(null),
                measureOfFirst,
                value.apply(second).orElse(null),
                measureOfSecond));
    }

    private boolean equalButForPath(Function<ExperimentConfig, String> measure) {
        Optional<String> ofFirst = first.config().map(Measures::withoutPath).map(measure);
        return ofFirst.isPresent()
                && ofFirst.equals(second.config().map(Measures::withoutPath).map(measure));
    }

    private static Optional<EpochMetrics> best(RecordedRun run) {
        return run.epochs().stream().filter(EpochMetrics::best).reduce((earlier, later) -> later);
    }
}
