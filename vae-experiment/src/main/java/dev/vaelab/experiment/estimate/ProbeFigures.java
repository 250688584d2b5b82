package dev.vaelab.experiment.estimate;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.probe.LatentProbe;
import java.util.Optional;

/**
 * How well the labels of the images of a split are told from their posterior means.
 *
 * @param stamp what it is an estimate of; its samples are the training images that are learned from
 * @param accuracies of the classifiers
 */
public record ProbeFigures(EstimateStamp stamp, LatentProbe accuracies) {
    /** Those of a run, for the weights that are its best ones now, in the order of their conditions; and which files are damaged. */
    static EstimateFiles.Found<ProbeFigures> in(RunFolder run) {
        return EstimateFiles.read(run, EstimateStamp.Kind.PROBE, ProbeFigures.class, ProbeFigures::stamp);
    }

    /** Those of a run under a stamp, if they are there already. */
    public static Optional<ProbeFigures> find(RunFolder run, EstimateStamp stamp) {
        return EstimateFiles.find(EstimateFiles.finished(run, stamp), ProbeFigures.class, ProbeFigures::stamp, stamp);
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
