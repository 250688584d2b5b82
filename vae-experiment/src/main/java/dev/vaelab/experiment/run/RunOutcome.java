package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.training.EpochMetrics;
import java.util.List;

/**
 * How a training ended, and what it left in its folder.
 *
 * @param failure what went wrong; null if nothing did
 * @param result figures of its best epoch on the test images; null if it failed, or is not at its end
 * @param epochs what is known of each epoch, as far as it came
 * @param provenance versions, threads, memory; null if it failed before it wrote them
 */
public record RunOutcome(String failure, RunResult result, List<EpochMetrics> epochs, Provenance provenance) {
    /** Copies the list. */
    public RunOutcome {
        epochs = List.copyOf(epochs);
    }

    /**
     * Reads a run folder; files in it that cannot be read are a failure, too.
     *
     * @param failure what is known to have gone wrong; null if nothing is
     */
    public static RunOutcome read(RunFolder run, String failure) {
        return read(run, failure, failure == null);
    }

    /** Reads the folder of a run that has stopped after an epoch, to go on later; files that cannot be read are a failure. */
    public static RunOutcome readPaused(RunFolder run) {
        return read(run, null, false);
    }

    private static RunOutcome read(RunFolder run, String failure, boolean finished) {
        try {
            return new RunOutcome(
                    failure,
                    finished ? RunResult.read(run) : null,
                    RegularFiles.isThere(run.metrics()) ? MetricsFile.read(run) : List.of(),
                    RegularFiles.isThere(run.provenance()) ? Provenance.read(run) : null);
        } catch (InvalidInputException e) {
            return new RunOutcome(failure == null ? e.getMessage() : failure, null, List.of(), null);
        }
    }

    /** Training throughput, median of its epochs, in images per second; null if it has none. */
    public Double imagesPerSecond() {
        return MetricsFile.medianImagesPerSecond(epochs);
    }
}
