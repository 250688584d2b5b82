package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.training.EpochMetrics;
import java.nio.file.Files;
import java.util.List;

/**
 * How a training ended, and what it left in its folder.
 *
 * @param failure what went wrong; null if nothing did
 * @param result figures of its best epoch on the test images; null if it failed
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
        try {
            return new RunOutcome(
                    failure,
                    failure == null ? JsonText.readFile(run.result(), RunResult.class) : null,
                    Files.exists(run.metrics()) ? MetricsFile.read(run) : List.of(),
                    Files.exists(run.provenance()) ? JsonText.readFile(run.provenance(), Provenance.class) : null);
        } catch (InvalidInputException e) {
            return new RunOutcome(failure == null ? e.getMessage() : failure, null, List.of(), null);
        }
    }

    /** Training throughput, median of its epochs, in images per second; null if it has none. */
    public Double imagesPerSecond() {
        return MetricsFile.medianImagesPerSecond(epochs);
    }
}
