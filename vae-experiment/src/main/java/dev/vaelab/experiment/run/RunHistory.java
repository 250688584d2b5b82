package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.training.Checkpoint;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.TrainingProgress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What there is of a run when a process begins to train it.
 *
 * @param checkpoint its latest state; nothing if it has none yet
 * @param epochs what is known of the epochs before that state
 * @param legs provenance of the processes that led to it, oldest first, each without those before it
 */
public record RunHistory(Optional<Checkpoint> checkpoint, List<EpochMetrics> epochs, List<Provenance> legs) {
    /** That of a new run. */
    public static final RunHistory NONE = new RunHistory(Optional.empty(), List.of(), List.of());

    /** Copies the lists. */
    public RunHistory {
        epochs = List.copyOf(epochs);
        legs = List.copyOf(legs);
    }

    /**
     * Reads it from a run folder, and finishes what a process that was killed has begun there.
     *
     * @throws InvalidInputException if a file is damaged, not of this architecture or of another optimizer
     */
    public static RunHistory read(RunFolder run, Architecture architecture, OptimizerSettings optimizer) {
        if (!run.checkpoints().hasLast()) {
            return NONE;
        }
        Checkpoint checkpoint = run.checkpoints().loadLast(architecture, optimizer);
        run.checkpoints().completeBest(checkpoint);
        // Metrics are written before the checkpoint of their epoch, so there may be one too many.
        List<EpochMetrics> epochs = Files.exists(run.metrics())
                ? MetricsFile.read(run).stream()
                        .filter(epoch -> epoch.epoch() < checkpoint.progress().epoch())
                        .toList()
                : List.of();
        return new RunHistory(Optional.of(checkpoint), epochs, legsOf(run, checkpoint.progress()));
    }

    /** How far the run has come. */
    public TrainingProgress progress() {
        return checkpoint.map(Checkpoint::progress).orElse(TrainingProgress.START);
    }

    /** A process that began where the next one begins has added nothing, and is left out. */
    private static List<Provenance> legsOf(RunFolder run, TrainingProgress progress) {
        if (!Files.exists(run.provenance())) {
            return List.of();
        }
        Provenance latest = JsonText.readFile(run.provenance(), Provenance.class);
        List<Provenance> legs = new ArrayList<>(latest.earlier());
        legs.add(latest.withoutEarlier());
        legs.removeIf(leg -> leg.from().equals(Provenance.Beginning.of(progress)));
        return legs;
    }
}
