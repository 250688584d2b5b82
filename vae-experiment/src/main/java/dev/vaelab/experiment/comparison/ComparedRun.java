package dev.vaelab.experiment.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.training.EpochMetrics;
import java.nio.file.Path;
import java.util.List;

/**
 * One run of a comparison.
 *
 * @param backend the engine's name
 * @param seed of all random numbers
 * @param folder its run folder
 * @param failure what went wrong; null if nothing did
 * @param result figures of its best epoch on the test images; null if it failed
 * @param epochs what is known of each epoch, as far as it came
 * @param provenance versions, threads, memory; null if it failed before it wrote them
 */
public record ComparedRun(
        String backend,
        long seed,
        String folder,
        @JsonInclude(JsonInclude.Include.NON_NULL) String failure,
        @JsonInclude(JsonInclude.Include.NON_NULL) RunResult result,
        List<EpochMetrics> epochs,
        @JsonInclude(JsonInclude.Include.NON_NULL) Provenance provenance) {
    /** Copies the list. */
    public ComparedRun {
        epochs = List.copyOf(epochs);
    }

    /** The same in the folder of a comparison that has been moved or copied. */
    ComparedRun movedTo(Path comparison) {
        Path name = Path.of(folder).getFileName();
        return new ComparedRun(backend, seed, comparison.resolve(name).toString(), failure, result, epochs, provenance);
    }

    /** Whether it came to its end. */
    public boolean succeeded() {
        return failure == null;
    }
}
