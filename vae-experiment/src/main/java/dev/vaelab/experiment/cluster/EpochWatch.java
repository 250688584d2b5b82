package dev.vaelab.experiment.cluster;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.training.EpochMetrics;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells of the epochs of runs that other machines train, by what they copy to the folder of the sweep. */
final class EpochWatch implements AutoCloseable {
    /** A look is a small file for each run at work; elsewhere than in a local file system it is a call of a service. */
    private static final int SECONDS = 1;

    private static final int SECONDS_ELSEWHERE = 15;

    private final SharedFolder sweep;
    private final Consumer<String> progress;
    private final Map<String, Watched> runs = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(action -> {
        Thread thread = new Thread(action, "watch of epochs");
        thread.setDaemon(true);
        return thread;
    });

    private record Watched(int epochs, int told) {}

    EpochWatch(SharedFolder sweep, Consumer<String> progress) {
        this.sweep = sweep;
        this.progress = progress;
        int seconds = sweep.local().isPresent() ? SECONDS : SECONDS_ELSEWHERE;
        timer.scheduleWithFixedDelay(this::look, seconds, seconds, TimeUnit.SECONDS);
    }

    /**
     * Begins to watch a run.
     *
     * @param epochs of the whole run
     * @param done epochs that need not be told of
     */
    void begin(String run, int epochs, int done) {
        runs.put(run, new Watched(epochs, done));
    }

    void end(String run) {
        runs.remove(run);
    }

    private void look() {
        runs.forEach((run, watched) -> {
            try {
                SharedFolder folder = sweep.folder(run);
                if (!folder.has("metrics.jsonl")) {
                    return;
                }
                folder.read("metrics.jsonl")
                        .lines()
                        .reduce((earlier, later) -> later)
                        .ifPresent(line -> {
                            EpochMetrics metrics = JsonText.readRecord(line, EpochMetrics.class);
                            if (metrics.epoch() > watched.told()
                                    && runs.replace(run, watched, new Watched(watched.epochs(), metrics.epoch()))) {
                                progress.accept(describe(run, metrics, watched.epochs()));
                            }
                        });
            } catch (IOException | IllegalArgumentException e) {
                // It is read again.
            }
        });
    }

    private static String describe(String run, EpochMetrics metrics, int epochs) {
        return run + ": epoch " + metrics.epoch() + "/" + epochs
                + (metrics.validationLoss() == null
                        ? ""
                        : String.format(Locale.ROOT, ", validation loss %.3f", metrics.validationLoss()));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
