package dev.vaelab.cli.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.ExperimentConfig;
import java.time.Instant;
import java.util.Map;

/**
 * Where the numbers of a run come from: enough to say why two runs differ.
 *
 * @param program this program and its version
 * @param started when the run began
 * @param backend the backend's name
 * @param engine the engine as it ran
 * @param dataset name of the data set
 * @param dataChecksums SHA-256 of its uncompressed files
 * @param seed where all random numbers came from
 * @param machine processor, operating system, JDK
 * @param settings environment variables and system properties that decide numbers or speed
 * @param secondsToFirstStep from the start of the process to the end of the first training step; null before that
 * @param memory resident memory, filled in as the run goes on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Provenance(
        String program,
        Instant started,
        String backend,
        EngineDescription engine,
        String dataset,
        Map<String, String> dataChecksums,
        long seed,
        MachineDescription machine,
        Map<String, String> settings,
        Double secondsToFirstStep,
        MemoryRecord memory) {
    /** The provenance of a run that begins now in this process; loads the engine to describe it. */
    public static Provenance ofThisProcess(
            String program, ExperimentConfig config, VaeBackend backend, Dataset dataset) {
        return new Provenance(
                program,
                Instant.now(),
                backend.name(),
                backend.engine(),
                dataset.name(),
                dataset.checksums(),
                config.seed(),
                MachineDescription.ofThisProcess(),
                MachineDescription.settingsOfThisProcess(),
                null,
                MemoryRecord.NONE);
    }

    /** The same with what was measured since. */
    public Provenance with(Double newSecondsToFirstStep, MemoryRecord newMemory) {
        return new Provenance(
                program,
                started,
                backend,
                engine,
                dataset,
                dataChecksums,
                seed,
                machine,
                settings,
                newSecondsToFirstStep,
                newMemory);
    }
}
