package dev.vaelab.experiment.estimate;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.probe.LabelFidelity;
import java.util.Optional;

/**
 * What images that a class-conditional model made of labels are taken for.
 *
 * @param stamp what it is an estimate of; its samples are the images that were made, its split that of the real images beside them
 * @param fidelity to the labels
 */
public record LabelFidelityFigures(EstimateStamp stamp, LabelFidelity fidelity) {
    /** Those of a run, for the weights that are its best ones now, in the order of their conditions; and which files are damaged. */
    static EstimateFiles.Found<LabelFidelityFigures> in(RunFolder run) {
        return EstimateFiles.read(
                run, EstimateStamp.Kind.FIDELITY, LabelFidelityFigures.class, LabelFidelityFigures::stamp);
    }

    /** Those of a run under a stamp, if they are there already. */
    public static Optional<LabelFidelityFigures> find(RunFolder run, EstimateStamp stamp) {
        return EstimateFiles.find(
                EstimateFiles.finished(run, stamp), LabelFidelityFigures.class, LabelFidelityFigures::stamp, stamp);
    }

    /**
     * Keeps them in the folder of a run.
     *
     * @throws dev.vaelab.api.RunFailedException if that cannot be written to
     */
    public void write(RunFolder run) {
        EstimateFiles.makeFolder(run);
        RunFolder.writeText(EstimateFiles.finished(run, stamp), JsonText.page(this));
    }
}
