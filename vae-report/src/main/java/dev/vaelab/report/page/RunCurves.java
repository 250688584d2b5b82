package dev.vaelab.report.page;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.LatentStatistics;
import java.util.List;

/**
 * What one run of a sweep did, epoch by epoch, and how many of its latent dimensions came to be used.
 *
 * @param run its name
 * @param training the loss on training images
 * @param validation the loss on validation images
 * @param activeUnits how many latent dimensions are active on the test images; null where that was not measured
 */
public record RunCurves(String run, LossCurves training, LossCurves validation, Long activeUnits) {
    /** The curves of a run's epochs. */
    static RunCurves of(String run, List<EpochMetrics> epochs, RunFolder folder) {
        return new RunCurves(run, LossCurves.ofTraining(epochs), LossCurves.ofValidation(epochs), activeUnits(folder));
    }

    private static Long activeUnits(RunFolder folder) {
        if (!RegularFiles.isThere(folder.latent())) {
            return null;
        }
        try {
            return JsonText.readFile(folder.latent(), LatentStatistics.class).activeUnits();
        } catch (InvalidInputException e) {
            // The page of many runs shows those that are sound; the report of this one says what is wrong with it.
            return null;
        }
    }
}
