package dev.vaelab.report.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.estimate.DecompositionFigures;
import dev.vaelab.experiment.estimate.LabelFidelityFigures;
import dev.vaelab.experiment.estimate.LikelihoodFigures;
import dev.vaelab.experiment.estimate.ProbeFigures;
import dev.vaelab.experiment.estimate.RunEstimates;
import dev.vaelab.experiment.estimate.SampleQualityFigures;
import dev.vaelab.experiment.estimate.SeparationFigures;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.DataRecord;
import dev.vaelab.experiment.run.MetricsFile;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.report.picture.RunPicture;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.LatentStatistics;
import java.nio.file.Path;
import java.util.List;

/**
 * What the page of a run shows: all that its folder holds.
 *
 * @param config the resolved experiment
 * @param provenance engine, versions, machine, data
 * @param trained what each process trained of the run, in words, the first one first
 * @param classNames what the labels stand for, the name of label 0 first; empty where nobody knows
 * @param epochs what is known of each epoch
 * @param result the figures of the best epoch on the test images; null before the training is finished
 * @param likelihoods finished estimates of log p(x) for its model
 * @param decompositions where the KL of its model goes
 * @param probes how well labels are told from its latents
 * @param fidelities what images that it makes of labels are taken for
 * @param qualities how near samples of its model are to images
 * @param separations how well its model tells other data sets apart
 * @param latent how its model uses the latent dimensions for the test images; null before the training is finished
 * @param pictures of the best epoch's model, in the order in which they are shown
 * @param samples the samples after the epochs
 * @param map where the best epoch's model places test images; null before the training is finished
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunReport(
        ExperimentConfig config,
        Provenance provenance,
        List<String> trained,
        List<String> classNames,
        List<EpochMetrics> epochs,
        RunResult result,
        List<LikelihoodFigures> likelihoods,
        List<DecompositionFigures> decompositions,
        List<ProbeFigures> probes,
        List<LabelFidelityFigures> fidelities,
        List<SampleQualityFigures> qualities,
        List<SeparationFigures> separations,
        LatentStatistics latent,
        List<Picture> pictures,
        List<EpochSamples> samples,
        MapOfImages map) {
    /** Copies the lists. */
    public RunReport {
        trained = List.copyOf(trained);
        classNames = List.copyOf(classNames);
        epochs = List.copyOf(epochs);
        likelihoods = List.copyOf(likelihoods);
        decompositions = List.copyOf(decompositions);
        probes = List.copyOf(probes);
        fidelities = List.copyOf(fidelities);
        qualities = List.copyOf(qualities);
        separations = List.copyOf(separations);
        pictures = List.copyOf(pictures);
        samples = List.copyOf(samples);
    }

    /** Reads a run folder, whether its training is finished or not. */
    public static RunReport read(RunFolder run) {
        MapOfImages map = MapOfImages.read(run);
        Provenance provenance = Provenance.read(run);
        RunEstimates estimates = RunEstimates.of(run);
        List<EpochMetrics> epochs = RegularFiles.isThere(run.metrics()) ? MetricsFile.read(run) : List.of();
        return new RunReport(
                JsonText.readFile(run.config(), ExperimentConfig.class),
                provenance,
                TrainedStretch.of(provenance, epochs).stream()
                        .map(TrainedStretch::inWords)
                        .toList(),
                DataRecord.read(run).map(DataRecord::classes).orElse(List.of()),
                epochs,
                RegularFiles.isThere(run.result()) ? RunResult.read(run) : null,
                estimates.likelihoods(),
                estimates.decompositions(),
                estimates.probes(),
                estimates.fidelities(),
                estimates.qualities(),
                estimates.separations(),
                readIfThere(run.latent(), LatentStatistics.class),
                pictures(run, map),
                EpochSamples.of(run),
                map);
    }

    /** Without the picture of a map that the page has as a chart. */
    private static List<Picture> pictures(RunFolder run, MapOfImages map) {
        return Picture.of(run).stream()
                .filter(picture -> map == null || !picture.name().equals(RunPicture.LATENT_SPACE.title()))
                .toList();
    }

    /** The page. */
    public String page() {
        return Page.of("run", this);
    }

    private static <V extends Record> V readIfThere(Path file, Class<V> type) {
        return RegularFiles.isThere(file) ? JsonText.readFile(file, type) : null;
    }
}
