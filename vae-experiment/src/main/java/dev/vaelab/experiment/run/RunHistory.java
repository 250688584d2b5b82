package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.training.Checkpoint;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.TrainingProgress;
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
        List<EpochMetrics> epochs = epochsOf(run, checkpoint.progress());
        List<Provenance> legs = legsOf(run, checkpoint.progress());
        // After all else was found right: it writes.
        run.checkpoints().completeBest(checkpoint, architecture);
        return new RunHistory(Optional.of(checkpoint), epochs, legs);
    }

    /** How far the run has come. */
    public TrainingProgress progress() {
        return checkpoint.map(Checkpoint::progress).orElse(TrainingProgress.START);
    }

    /** Metrics are written before the checkpoint of their epoch, so there may be one too many; there cannot be too few. */
    private static List<EpochMetrics> epochsOf(RunFolder run, TrainingProgress progress) {
        if (!RegularFiles.isThere(run.metrics())) {
            return List.of();
        }
        List<EpochMetrics> epochs = MetricsFile.read(run).stream()
                .filter(epoch -> epoch.epoch() < progress.epoch())
                .toList();
        int done = progress.epoch() - 1;
        int last = epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).epoch();
        if (last != done) {
            throw new InvalidInputException(new Problem(
                    run.metrics().toString(),
                    last == 0 ? "no epoch before " + progress.epoch() : "epoch " + last + " as the last one",
                    "epoch " + done + ", which is done by " + run.checkpoints().last(),
                    "use a copy of the file; without the file the run goes on, too, and what it said is lost"));
        }
        return epochs;
    }

    /** A process that began where the next one begins has added nothing, and is left out. */
    private static List<Provenance> legsOf(RunFolder run, TrainingProgress progress) {
        if (!RegularFiles.isThere(run.provenance())) {
            return List.of();
        }
        Provenance latest = Provenance.read(run);
        List<Provenance> legs = new ArrayList<>(latest.earlier());
        legs.add(latest.withoutEarlier());
        legs.removeIf(leg -> leg.from().equals(Provenance.Beginning.of(progress)));
        return legs;
    }
}
