package dev.vaelab.cli.command;

import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.StopRequest;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/** Turns Ctrl-C and a polite kill into a request to stop after the step in work; a second Ctrl-C ends the process at once. */
final class Interruption implements AutoCloseable {
    /** A step and a checkpoint take far less; a training that hangs must not keep the process alive. */
    private static final int PATIENCE_SECONDS = 20;

    private static final int ENDED_BY_CTRL_C = 130;

    private final RunFolder run;
    private final PrintStream terminal;
    private final StopRequest stop = new StopRequest();
    private final CountDownLatch announced = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread training = Thread.currentThread();
    private final Thread hook = new Thread(this::stopAndWait, "interruption");
    private boolean silent;

    /**
     * Does not listen yet.
     *
     * @param run the folder to go on with
     * @param terminal where it is said that the training stops
     */
    Interruption(RunFolder run, PrintStream terminal) {
        this.run = run;
        this.terminal = terminal;
    }

    /**
     * Listens until closed, for the training of the thread that calls this.
     *
     * @param run the folder to go on with
     */
    static Interruption listen(RunFolder run) {
        Interruption interruption = new Interruption(run, System.err);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** What the training is to watch. */
    StopRequest stop() {
        return stop;
    }

    /**
     * Notes the end of the training, before anything is said of it: what was said of stopping comes first, and of a training that
     * is finished nobody says later that it is to stop.
     *
     * @param stopped whether it ended because it was asked to stop
     */
    void trainingEnded(boolean stopped) {
        if (!stopped) {
            keepSilent();
            return;
        }
        try {
            announced.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void keepSilent() {
        silent = true;
    }

    private synchronized void announce() {
        if (!silent) {
            terminal.println("stopping after the step in work; Ctrl-C again ends at once, without a checkpoint");
        }
    }

    @Override
    public void close() {
        finished.countDown();
        ShutdownHooks.remove(hook);
    }

    /** What the shutdown hook does. */
    void stopAndWait() {
        // Asked for before it is said: a terminal that shows nothing for a while must not keep a checkpoint from being
        // written.
        stop.request();
        if (endedByTraining()) {
            announced.countDown();
            return;
        }
        endAtOnceWithNextSignal();
        announce();
        announced.countDown();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                terminal.printf(
                        Locale.ROOT,
                        "still at work after %d seconds; ended without a further checkpoint; go on with: vae train --resume %s%n",
                        PATIENCE_SECONDS,
                        VisibleText.line(run.path().toString()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The Java machine itself ignores all but the first. Only Ctrl-C: a parent may pass a polite kill on to its child. */
    private static void endAtOnceWithNextSignal() {
        Signals.register("INT", () -> Runtime.getRuntime().halt(ENDED_BY_CTRL_C));
    }

    /** Whether an engine called {@code System.exit} in the midst of a step: that call does not return, nor does the step. */
    private boolean endedByTraining() {
        return Arrays.stream(training.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Runtime.class.getName())
                        && frame.getMethodName().equals("exit"));
    }
}
