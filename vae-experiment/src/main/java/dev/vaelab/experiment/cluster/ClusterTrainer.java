package dev.vaelab.experiment.cluster;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.experiment.file.ExperimentWriter;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunOutcome;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiment.sweep.SweepRunner.RunTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Trains the runs of a sweep on a cluster, each as a {@link TrainRun} of its own. */
public final class ClusterTrainer implements RunTrainer, AutoCloseable {
    private final Cluster cluster;
    private final SharedFolder sweep;
    private final Duration silence;
    private final Optional<Long> memory;
    private final Consumer<String> progress;
    private final EpochWatch watch;

    /**
     * A trainer.
     *
     * @param sweep the folder of the sweep
     * @param silence when a run is given up that shows no sign of life
     * @param memory when a run is given up for its memory, in bytes; nothing for a share of its machine's
     * @param progress told of epochs
     */
    public ClusterTrainer(
            Cluster cluster, SharedFolder sweep, Duration silence, Optional<Long> memory, Consumer<String> progress) {
        this.progress = progress;
        this.watch = new EpochWatch(sweep, progress);
        this.cluster = cluster;
        this.sweep = sweep;
        this.silence = silence;
        this.memory = memory;
    }

    @Override
    public RunOutcome train(SweepRun run, RunFolder folder, int until) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(TrainRun.FOLDER, sweep.path());
        settings.put(TrainRun.RUN, run.name());
        settings.put(TrainRun.CONFIG, new ExperimentWriter().write(run.config()));
        settings.put(TrainRun.UNTIL, until);
        settings.put(TrainRun.DIRECTORY, Path.of("").toAbsolutePath().toString());
        settings.put(TrainRun.SILENCE, silence.toMillis());
        memory.ifPresent(bytes -> settings.put(TrainRun.MEMORY, bytes));
        String failure;
        watch.begin(run.name(), run.config().training().epochs(), run.epochs());
        try {
            failure = (String) cluster.run(run.name(), TrainRun.class, settings).get(0);
        } catch (InvalidInputException | RunFailedException e) {
            // What keeps one run from beginning keeps the others. What they have copied is what they go on from.
            cluster.cancel();
            throw e;
        } finally {
            watch.end(run.name());
        }
        fetch(sweep, folder);
        if (!failure.isEmpty()) {
            progress.accept(run.name() + ": failed: " + failure);
            return RunOutcome.read(folder, failure);
        }
        return Files.exists(folder.result()) || until >= run.config().training().epochs()
                ? RunOutcome.read(folder, null)
                : RunOutcome.readPaused(folder);
    }

    @Override
    public void close() {
        watch.close();
    }

    /**
     * Fetches what a sweep's page and ranking rest on, where its folder is not one of this machine; the weights stay where they are.
     *
     * @param sweep the folder of the sweep
     * @param run a run folder in its copy on this machine
     * @throws RunFailedException if it cannot be read
     */
    public static void fetch(SharedFolder sweep, RunFolder run) {
        if (sweep.local().isPresent()) {
            return;
        }
        SharedFolder folder = sweep.folder(run.path().getFileName().toString());
        try {
            for (String name : folder.files()) {
                boolean large = name.startsWith("tensorboard/") || name.endsWith(".safetensors");
                if (!large && !name.equals(RunCopy.OWNER)) {
                    folder.fetch(name, run.path().resolve(name));
                }
            }
        } catch (IOException e) {
            throw new RunFailedException("cannot read " + folder.path() + ": " + FileFailures.reason(e), e);
        }
    }
}
