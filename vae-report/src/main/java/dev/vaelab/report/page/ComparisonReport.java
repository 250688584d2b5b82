package dev.vaelab.report.page;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.comparison.ComparedRun;
import dev.vaelab.experiment.comparison.Comparison;
import dev.vaelab.experiment.comparison.EngineSummary;
import dev.vaelab.experiment.comparison.PublishedComparison;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the page of a comparison shows.
 *
 * @param config the experiment; backend and seed are those of the file
 * @param backends the engines, in the order in which they were named
 * @param seeds likewise
 * @param engines one summary for each engine
 * @param published what papers print for the experiment, each beside the figures of the runs that are of the same
 * @param curves what each engine's runs did epoch by epoch
 * @param pairs every pair of engines
 * @param parity the certificates, one for each pair of engines that has one
 * @param pictures of each engine that has some
 * @param latents how each engine's models use their latent dimensions, where that was measured
 * @param estimates of the likelihood, and of where the KL goes, of each run that has some
 * @param runs every run, with all of its epochs
 */
public record ComparisonReport(
        ExperimentConfig config,
        List<String> backends,
        List<Long> seeds,
        List<EngineSummary> engines,
        List<PublishedComparison> published,
        List<EngineCurves> curves,
        List<EnginePair> pairs,
        List<EngineParity> parity,
        List<EnginePictures> pictures,
        List<EngineLatents> latents,
        List<EngineEstimates> estimates,
        List<ComparedRun> runs) {
    /** The report of a comparison whose run folders are still where it says. */
    public static ComparisonReport of(Comparison comparison) {
        List<ComparedRun> runs = comparison.runs();
        return new ComparisonReport(
                comparison.config(),
                comparison.backends(),
                comparison.seeds(),
                comparison.engines(),
                PublishedComparison.of(comparison),
                comparison.backends().stream()
                        .map(backend -> EngineCurves.of(backend, runs))
                        .toList(),
                comparison.differences().stream()
                        .map(difference -> EnginePair.of(difference, runs))
                        .toList(),
                comparison.parity().stream().map(EngineParity::of).toList(),
                comparison.backends().stream()
                        .map(backend -> EnginePictures.of(backend, runs))
                        .flatMap(Optional::stream)
                        .toList(),
                comparison.backends().stream()
                        .map(backend -> EngineLatents.of(backend, runs))
                        .flatMap(Optional::stream)
                        .toList(),
                EngineEstimates.of(runs),
                runs);
    }

    /** The page. */
    public String page() {
        return Page.of("comparison", this);
    }

    /** Writes the page of a comparison. */
    public static void write(Comparison comparison, Path file, Extras extras) {
        extras.attempt("report", () -> RunFolder.writeText(file, of(comparison).page()));
    }
}
