package dev.vaelab.report.page;

import dev.vaelab.experiment.comparison.ComparedRun;
import dev.vaelab.experiment.estimate.DecompositionFigures;
import dev.vaelab.experiment.estimate.LabelFidelityFigures;
import dev.vaelab.experiment.estimate.LikelihoodFigures;
import dev.vaelab.experiment.estimate.ProbeFigures;
import dev.vaelab.experiment.estimate.RunEstimates;
import dev.vaelab.experiment.estimate.SampleQualityFigures;
import dev.vaelab.experiment.estimate.SeparationFigures;
import dev.vaelab.experiment.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What was estimated of one run of a comparison.
 *
 * @param engine that trained it
 * @param seed of all random numbers
 * @param likelihoods finished estimates of log p(x)
 * @param decompositions where the KL goes
 * @param probes how well labels are told from latents
 * @param fidelities what images made of labels are taken for
 * @param qualities how near samples are to images
 * @param separations how well other data sets are told apart
 */
public record EngineEstimates(
        String engine,
        long seed,
        List<LikelihoodFigures> likelihoods,
        List<DecompositionFigures> decompositions,
        List<ProbeFigures> probes,
        List<LabelFidelityFigures> fidelities,
        List<SampleQualityFigures> qualities,
        List<SeparationFigures> separations) {
    /** Those of the runs that have some, in the order of the runs. */
    static List<EngineEstimates> of(List<ComparedRun> runs) {
        return runs.stream()
                .filter(run -> run.succeeded() && Files.isDirectory(Path.of(run.folder())))
                .map(EngineEstimates::of)
                .filter(found -> !found.likelihoods().isEmpty()
                        || !found.decompositions().isEmpty()
                        || !found.probes().isEmpty()
                        || !found.fidelities().isEmpty()
                        || !found.qualities().isEmpty()
                        || !found.separations().isEmpty())
                .toList();
    }

    private static EngineEstimates of(ComparedRun run) {
        RunEstimates estimates = RunEstimates.of(new RunFolder(Path.of(run.folder())));
        return new EngineEstimates(
                run.backend(),
                run.seed(),
                estimates.likelihoods(),
                estimates.decompositions(),
                estimates.probes(),
                estimates.fidelities(),
                estimates.qualities(),
                estimates.separations());
    }
}
