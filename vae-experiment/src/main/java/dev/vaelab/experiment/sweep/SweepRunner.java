package dev.vaelab.experiment.sweep;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.experiment.process.ChildCommands;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.experiment.run.RunOutcome;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does what is left of a sweep, each run in a Java machine of its own, some of them at once. */
public final class SweepRunner {
    /** Longer than a child takes that is asked to end, and killed if it does not. */
    private static final int PATIENCE_SECONDS = 40;

    private final SweepFolder folder;
    private final ChildCommands children;
    private final int jobs;
    private final Consumer<String> progress;

    /**
     * Prepares to run sweeps.
     *
     * @param folder the sweep's
     * @param children how runs are started
     * @param jobs how many are at work at once, at least one
     * @param progress told of each run that has ended
     */
    public SweepRunner(SweepFolder folder, ChildCommands children, int jobs, Consumer<String> progress) {
        this.folder = folder;
        this.children = children;
        this.jobs = jobs;
        this.progress = progress;
    }

    /**
     * Runs the runs that are still to do; one that fails leaves the others alone.
     *
     * @param changed told of the sweep after each run
     * @return the sweep in the end
     * @throws RunFailedException if runs cannot be started, or this process is ending; no further run is begun then
     */
    public Sweep run(Sweep start, Consumer<Sweep> changed) {
        List<SweepRun> open = start.unfinished();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(jobs, jobs, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        CompletionService<SweepRun> ended = new ExecutorCompletionService<>(pool);
        try {
            open.forEach(run -> ended.submit(() -> train(run, pool)));
            Sweep sweep = start;
            for (int done = 1; done <= open.size(); done++) {
                SweepRun run = ended.take().get();
                sweep = sweep.with(run);
                changed.accept(sweep);
                progress.accept(
                        String.format(Locale.ROOT, "[%d/%d] %s: %s", done, open.size(), run.name(), describe(run)));
            }
            return sweep;
        } catch (ExecutionException e) {
            pool.getQueue().clear();
            pool.shutdown();
            awaitOthers(pool);
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("interrupted while runs were at work", e);
        } finally {
            pool.getQueue().clear();
            pool.shutdown();
        }
    }

    /** Runs that are being stopped write their checkpoints, and what is told of the sweep then is true. */
    private static void awaitOthers(ThreadPoolExecutor pool) {
        try {
            pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SweepRun train(SweepRun run, ThreadPoolExecutor pool) {
        try {
            RunFolder runFolder = folder.prepare(run);
            boolean waited = RunLock.awaitFree(
                    runFolder, holder -> progress.accept(run.name() + ": waiting for " + holder + ", which trains it"));
            if (waited && Files.exists(runFolder.result())) {
                return run.ended(RunOutcome.read(runFolder, null));
            }
            return run.ended(children.train(run.name(), runFolder, run.config()));
        } catch (RuntimeException e) {
            // At once, on this thread: it would begin the next run otherwise.
            pool.getQueue().clear();
            throw e;
        }
    }

    private static String describe(SweepRun run) {
        if (!run.finished()) {
            return "failed";
        }
        Double loss = run.result().bestValidationLoss();
        return loss == null
                ? String.format(
                        Locale.ROOT, "test total %.3f", run.result().test().total())
                : String.format(Locale.ROOT, "validation loss %.3f", loss);
    }
}
