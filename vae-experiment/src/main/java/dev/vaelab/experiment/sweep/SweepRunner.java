package dev.vaelab.experiment.sweep;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.experiment.process.ChildCommands;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.experiment.run.RunOutcome;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does what is left of a sweep, each run in a Java machine of its own, some of them at once. */
public final class SweepRunner {
    /** Longer than a child takes that is asked to end, and killed if it does not. */
    private static final int PATIENCE_SECONDS = 40;

    private final SweepFolder folder;
    private final RunTrainer trainer;
    private final int jobs;
    private final Consumer<String> progress;

    /** Trains single runs; several threads ask it to. */
    @FunctionalInterface
    public interface RunTrainer {
        /**
         * Begins a run, or goes on with it, up to the end of an epoch.
         *
         * @param run what it is
         * @param runFolder its folder, which has its experiment
         * @param until the epoch, counted from 1; that of the end for a run that is trained whole
         * @return what became of it; what goes wrong in it is in there
         * @throws RunFailedException if it cannot be begun, or this process is ending
         */
        RunOutcome train(SweepRun run, RunFolder runFolder, int until);
    }

    /**
     * Prepares to run sweeps on this machine.
     *
     * @param folder the sweep's
     * @param children how runs are started
     * @param jobs how many are at work at once, at least one
     * @param progress told of each run that has ended
     */
    public SweepRunner(SweepFolder folder, ChildCommands children, int jobs, Consumer<String> progress) {
        this(
                folder,
                (run, runFolder, until) -> children.train(run.name(), runFolder, run.config(), until),
                jobs,
                progress);
    }

    /**
     * Prepares to run sweeps.
     *
     * @param trainer trains the runs
     */
    public SweepRunner(SweepFolder folder, RunTrainer trainer, int jobs, Consumer<String> progress) {
        this.folder = folder;
        this.trainer = trainer;
        this.jobs = jobs;
        this.progress = progress;
    }

    /**
     * Runs the runs that are still to do; one that fails leaves the others alone. Where bad runs are stopped, those that turn out to
     * be among the best go on.
     *
     * @param changed told of the sweep after each run, and before each one that may be stopped: what was decided of it holds after
     *     a kill
     * @return the sweep in the end
     * @throws RunFailedException if runs cannot be started, or this process is ending; no further run is begun then
     */
    public Sweep run(Sweep start, Consumer<Sweep> changed) {
        ExecutorService pool = Executors.newCachedThreadPool();
        CompletionService<SweepRun> ended = new ExecutorCompletionService<>(pool);
        try {
            return run(start, ended, changed);
        } catch (ExecutionException e) {
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
            pool.shutdown();
        }
    }

    private Sweep run(Sweep start, CompletionService<SweepRun> ended, Consumer<Sweep> changed)
            throws ExecutionException, InterruptedException {
        Judge judge = start.judge();
        Optional<Halving> halving = start.rungs()
                .map(rungs -> new Halving(start.stopping(), rungs, start.runs().size()));
        Set<String> atWork = new HashSet<>();
        Sweep sweep = start;
        int done = 0;
        while (true) {
            Optional<SweepRun> next = atWork.size() < jobs ? next(halving, sweep, atWork) : Optional.empty();
            if (next.isPresent()) {
                SweepRun run = next.get();
                atWork.add(run.name());
                if (halving.isPresent()) {
                    sweep = sweep.with(run);
                    changed.accept(sweep);
                }
                ended.submit(() -> train(run, judge));
            } else if (atWork.isEmpty()) {
                return sweep;
            } else {
                SweepRun run = ended.take().get();
                atWork.remove(run.name());
                sweep = sweep.with(run);
                changed.accept(sweep);
                done++;
                String count = halving.isPresent()
                        ? sweep.epochs().trained() + "/" + sweep.epochs().whole() + " epochs"
                        : done + "/" + start.unfinished().size();
                progress.accept("[" + count + "] " + run.name() + ": " + describe(run, sweep));
            }
        }
    }

    private static Optional<SweepRun> next(Optional<Halving> halving, Sweep sweep, Set<String> atWork) {
        return halving.isPresent()
                ? halving.get().next(sweep.runs(), atWork)
                : sweep.unfinished().stream()
                        .filter(run -> !atWork.contains(run.name()))
                        .findFirst();
    }

    /** Runs that are being stopped write their checkpoints, and what is told of the sweep then is true. */
    private static void awaitOthers(ExecutorService pool) {
        try {
            pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SweepRun train(SweepRun run, Judge judge) {
        RunFolder runFolder = folder.prepare(run);
        boolean waited = RunLock.awaitFree(
                runFolder, holder -> progress.accept(run.name() + ": waiting for " + holder + ", which trains it"));
        if (waited && Files.exists(runFolder.result())) {
            return run.ended(RunOutcome.read(runFolder, null), judge);
        }
        int until = run.rungs() == null
                ? run.config().training().epochs()
                : run.rungs().until();
        RunOutcome outcome = trainer.train(run, runFolder, until);
        return run.ended(outcome, judge);
    }

    private static String describe(SweepRun run, Sweep sweep) {
        if (run.status() == SweepRun.Status.FAILED) {
            return "failed";
        }
        if (!run.finished()) {
            return String.format(
                    Locale.ROOT,
                    "at rung %d of %d, epoch %d of %d, validation %s %.3f",
                    run.rung(),
                    sweep.rungs().orElseThrow().count(),
                    run.epochs(),
                    run.config().training().epochs(),
                    sweep.by().metric(),
                    run.rungs().scores().get(run.rung() - 1));
        }
        Double figure = run.rankedFigure();
        return figure == null
                ? String.format(
                        Locale.ROOT, "test total %.3f", run.result().test().total())
                : String.format(Locale.ROOT, "validation %s %.3f", sweep.by().metric(), figure);
    }
}
