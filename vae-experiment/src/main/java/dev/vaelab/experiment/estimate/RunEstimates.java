package dev.vaelab.experiment.estimate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.run.RunFolder;
import java.util.List;
import java.util.stream.Stream;

/**
 * All estimates that a run keeps, for the weights that are its best ones now.
 *
 * @param likelihoods finished estimates of log p(x)
 * @param decompositions where the KL goes
 * @param probes how well labels are told from latents
 * @param fidelities what images made of labels are taken for
 * @param qualities how near samples are to images
 * @param separations how well other data sets are told apart
 * @param damaged what is wrong with files of estimates that cannot be read, and are none of these
 */
public record RunEstimates(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LikelihoodFigures> likelihoods,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DecompositionFigures> decompositions,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ProbeFigures> probes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LabelFidelityFigures> fidelities,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SampleQualityFigures> qualities,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SeparationFigures> separations,
        @JsonIgnore List<Problem> damaged) {
    /** Those of a run that has none. */
    public static final RunEstimates NONE =
            new RunEstimates(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public RunEstimates {
        likelihoods = List.copyOf(likelihoods);
        decompositions = List.copyOf(decompositions);
        probes = List.copyOf(probes);
        fidelities = List.copyOf(fidelities);
        qualities = List.copyOf(qualities);
        separations = List.copyOf(separations);
        damaged = List.copyOf(damaged);
    }

    /**
     * Those of a run that can be read.
     *
     * @throws InvalidInputException if the folder that they are in cannot be read
     */
    public static RunEstimates of(RunFolder run) {
        var likelihoods = LikelihoodFigures.in(run);
        var decompositions = DecompositionFigures.in(run);
        var probes = ProbeFigures.in(run);
        var fidelities = LabelFidelityFigures.in(run);
        var qualities = SampleQualityFigures.in(run);
        var separations = SeparationFigures.in(run);
        return new RunEstimates(
                likelihoods.figures(),
                decompositions.figures(),
                probes.figures(),
                fidelities.figures(),
                qualities.figures(),
                separations.figures(),
                Stream.of(likelihoods, decompositions, probes, fidelities, qualities, separations)
                        .flatMap(found -> found.damaged().stream())
                        .toList());
    }

    /** Whether there are none. */
    @JsonIgnore
    public boolean isEmpty() {
        return likelihoods.isEmpty()
                && decompositions.isEmpty()
                && probes.isEmpty()
                && fidelities.isEmpty()
                && qualities.isEmpty()
                && separations.isEmpty();
    }
}
