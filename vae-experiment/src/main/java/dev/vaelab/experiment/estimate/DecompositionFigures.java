package dev.vaelab.experiment.estimate;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.aggregate.KlDecomposition;
import java.util.Optional;

/**
 * Where the KL term goes, on the images of a split.
 *
 * @param stamp what it is an estimate of; its samples are the latents by which it was estimated
 * @param parts of the KL term, in nats per image
 * @param activeUnits dimensions whose posterior mean varies by more than 0.01 over the images (Burda et al. 2016, section 5.2)
 * @param latent dimensions of the latent space
 */
public record DecompositionFigures(EstimateStamp stamp, KlDecomposition parts, long activeUnits, int latent) {
    /** Those of a run, for the weights that are its best ones now, in the order of their conditions; and which files are damaged. */
    static EstimateFiles.Found<DecompositionFigures> in(RunFolder run) {
        return EstimateFiles.read(
                run, EstimateStamp.Kind.DECOMPOSITION, DecompositionFigures.class, DecompositionFigures::stamp);
    }

    /** The decomposition of a run under a stamp, if it was made already. */
    public static Optional<DecompositionFigures> find(RunFolder run, EstimateStamp stamp) {
        return EstimateFiles.find(
                EstimateFiles.finished(run, stamp), DecompositionFigures.class, DecompositionFigures::stamp, stamp);
    }

    /**
     * Keeps it in the folder of a run.
     *
     * @throws dev.vaelab.api.RunFailedException if that cannot be written to
     */
    public void write(RunFolder run) {
        EstimateFiles.makeFolder(run);
        RunFolder.writeText(EstimateFiles.finished(run, stamp), JsonText.page(this));
    }
}
