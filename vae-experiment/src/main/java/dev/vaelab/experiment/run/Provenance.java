package dev.vaelab.experiment.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.training.TrainingProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the numbers of a run come from: enough to say why two runs differ. A run that was resumed has a leg for each process
 * that trained it, on whichever engine and machine.
 *
 * @param program this program and its version
 * @param started when the process began with the run
 * @param backend the backend's name
 * @param engine the engine as it ran
 * @param dataset name of the data set
 * @param dataChecksums SHA-256 of its uncompressed files
 * @param seed where all random numbers came from
 * @param machine processor, operating system, JDK
 * @param settings environment variables and system properties that decide numbers or speed
 * @param secondsToFirstStep from the start of the process to the end of the first training step; null before that
 * @param memory resident memory, filled in as the run goes on
 * @param from where in the training the process began
 * @param earlier the legs before this one, oldest first, each without its own earlier ones; empty if there was none
 */
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
        @JsonInclude(JsonInclude.Include.NON_NULL) Double secondsToFirstStep,
        MemoryRecord memory,
        Beginning from,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Provenance> earlier) {
    /**
     * Reads the provenance of a run.
     *
     * @throws InvalidInputException if it cannot be read, or cannot be one
     */
    public static Provenance read(RunFolder run) {
        Provenance provenance = JsonText.readFile(run.provenance(), Provenance.class);
        for (Provenance leg : provenance.legs()) {
            if (leg.from.epoch < 1 || leg.from.batches < 0) {
                throw new InvalidInputException(Problem.of(
                        run.provenance() + ": from",
                        "epoch " + leg.from.epoch + ", " + leg.from.batches + " batches",
                        "an epoch of at least 1 and no negative number of batches"));
            }
        }
        return provenance;
    }

    /** Copies the list; a file of a time when runs had one leg only has neither. */
    public Provenance {
        from = from == null ? Beginning.of(TrainingProgress.START) : from;
        earlier = earlier == null ? List.of() : List.copyOf(earlier);
    }

    /**
     * Where a leg begins.
     *
     * @param epoch counted from 1
     * @param batches of that epoch that are done already
     */
    public record Beginning(int epoch, int batches) {
        /** Where a training goes on that has come so far. */
        public static Beginning of(TrainingProgress progress) {
            return new Beginning(progress.epoch(), progress.batches());
        }
    }

    /** The provenance of a run that begins now in this process; loads the engine to describe it. */
    public static Provenance ofThisProcess(ExperimentConfig config, VaeBackend backend, Dataset dataset) {
        return new Provenance(
                ProgramVersion.text(),
                Instant.now(),
                backend.name(),
                backend.engine(),
                dataset.name(),
                dataset.checksums(),
                config.seed(),
                MachineDescription.ofThisProcess(),
                MachineDescription.settingsOfThisProcess(),
                null,
                MemoryRecord.NONE,
                Beginning.of(TrainingProgress.START),
                List.of());
    }

    /** The same of a run that goes on. */
    public Provenance after(RunHistory history) {
        return with(Beginning.of(history.progress()), history.legs());
    }

    /**
     * The provenance of a run with these legs.
     *
     * @param legs oldest first, each without its own earlier ones
     * @return nothing without any
     */
    public static Optional<Provenance> ofLegs(List<Provenance> legs) {
        if (legs.isEmpty()) {
            return Optional.empty();
        }
        Provenance last = legs.get(legs.size() - 1);
        return Optional.of(last.with(last.from(), legs.subList(0, legs.size() - 1)));
    }

    /** This leg by itself. */
    Provenance withoutEarlier() {
        return with(from, List.of());
    }

    private Provenance with(Beginning newFrom, List<Provenance> newEarlier) {
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
                secondsToFirstStep,
                memory,
                newFrom,
                newEarlier);
    }

    /** All legs, oldest first, the last one being this. */
    public List<Provenance> legs() {
        return Stream.concat(earlier.stream(), Stream.of(this)).toList();
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
                newMemory,
                from,
                earlier);
    }
}
