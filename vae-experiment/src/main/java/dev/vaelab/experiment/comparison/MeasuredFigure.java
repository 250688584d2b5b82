package dev.vaelab.experiment.comparison;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.FigureStamp;
import dev.vaelab.api.experiment.FigureStamp.Metric;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.estimate.LikelihoodFigures;
import dev.vaelab.experiment.estimate.RunEstimates;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.DataIdentity;
import dev.vaelab.experiment.run.DataRecord;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.LatentStatistics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A figure of a run, as a paper could print it.
 *
 * @param stamp what it is of
 * @param value nats per image, or a number of units
 */
record MeasuredFigure(FigureStamp stamp, double value) {
    /** All that are known of a run that came to its end. */
    static List<MeasuredFigure> of(ExperimentConfig config, ComparedRun run) {
        RunFolder folder = new RunFolder(Path.of(run.folder()));
        List<MeasuredFigure> figures = new ArrayList<>();
        figures.add(new MeasuredFigure(
                onTestImages(config, Metric.NEGATIVE_ELBO), run.result().test().total()));
        latent(folder)
                .ifPresent(statistics -> figures.add(
                        new MeasuredFigure(onTestImages(config, Metric.ACTIVE_UNITS), statistics.activeUnits())));
        for (LikelihoodFigures likelihood : likelihoods(folder, config)) {
            EstimateStamp stamp = likelihood.stamp();
            figures.add(new MeasuredFigure(
                    stamp(config, Metric.NEGATIVE_LOG_LIKELIHOOD, stamp.split(), stamp.samples()),
                    -likelihood.logLikelihood()));
        }
        return figures;
    }

    private static FigureStamp onTestImages(ExperimentConfig config, Metric metric) {
        return stamp(config, metric, Split.TEST.toString(), null);
    }

    private static FigureStamp stamp(ExperimentConfig config, Metric metric, String split, Integer samples) {
        Integer first = split.equals(Split.TEST.toString()) ? config.dataset().test() : null;
        return new FigureStamp(
                metric,
                config.dataset().name(),
                (first == null ? "" : "first " + first + " ") + split,
                config.loss().reconstruction(),
                config.dataset().binarization(),
                samples,
                config.model().condition());
    }

    /** Those of the images of the experiment: a model may have been shown others since. */
    private static List<LikelihoodFigures> likelihoods(RunFolder run, ExperimentConfig config) {
        try {
            Optional<String> data = DataRecord.read(run).map(record -> DataIdentity.of(record.checksums()));
            return RunEstimates.of(run).likelihoods().stream()
                    .filter(figures ->
                            figures.stamp().dataset().equals(config.dataset().name()))
                    .filter(figures -> data.map(figures.stamp().data()::equals).orElse(true))
                    .toList();
        } catch (InvalidInputException e) {
            // As for what follows: the report of the run says it.
            return List.of();
        }
    }

    private static Optional<LatentStatistics> latent(RunFolder run) {
        if (!RegularFiles.isThere(run.latent())) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonText.readFile(run.latent(), LatentStatistics.class));
        } catch (InvalidInputException e) {
            // The comparison shows what is sound; the report of the run says what is wrong with the file.
            return Optional.empty();
        }
    }
}
