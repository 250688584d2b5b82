package dev.vaelab.cli.command;

import dev.vaelab.api.text.VisibleText;
import dev.vaelab.training.StopRequest;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/** Turns Ctrl-C and a polite kill into a request to stop after the work at hand; a second Ctrl-C ends the process at once. */
final class Interruption implements AutoCloseable {
    /** A step and a checkpoint take far less; work that hangs must not keep the process alive. */
    private static final int PATIENCE_SECONDS = 20;

    private static final int ENDED_BY_CTRL_C = 130;

    private final Words words;
    private final PrintStream terminal;
    private final StopRequest stop = new StopRequest();
    private final CountDownLatch announced = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread work = Thread.currentThread();
    private final Thread hook = new Thread(this::stopAndWait, "interruption");
    private boolean silent;

    /**
     * What is said of stopping.
     *
     * @param unit what is finished before the work stops: {@code step}
     * @param kept what a second Ctrl-C does without: {@code a checkpoint}
     * @param goOn the command that goes on
     */
    record Words(String unit, String kept, String goOn) {
        private String stopping() {
            return "stopping after the " + unit + " in work; Ctrl-C again ends at once, without " + kept;
        }

        private String late() {
            return "still at work after " + PATIENCE_SECONDS + " seconds; ended without "
                    + kept.replaceFirst("^a ", "a further ") + "; go on with: " + goOn;
        }
    }

    /**
     * Does not listen yet.
     *
     * @param terminal where it is said that the work stops
     */
    Interruption(Words words, PrintStream terminal) {
        this.words = words;
        this.terminal = terminal;
    }

    /** Listens until closed, for the work of the thread that calls this. */
    static Interruption listen(Words words) {
        Interruption interruption = new Interruption(words, System.err);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** What the work is to watch. */
    StopRequest stop() {
        return stop;
    }

    /**
     * Notes the end of the work, before anything is said of it: what was said of stopping comes first, and of work that is
     * finished nobody says later that it is to stop.
     *
     * @param stopped whether it ended because it was asked to stop
     */
    void workEnded(boolean stopped) {
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
            terminal.println(words.stopping());
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
        if (endedByWork()) {
            announced.countDown();
            return;
        }
        endAtOnceWithNextSignal();
        announce();
        announced.countDown();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                terminal.println(VisibleText.line(words.late()));
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
    private boolean endedByWork() {
        return Arrays.stream(work.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Runtime.class.getName())
                        && frame.getMethodName().equals("exit"));
    }
}
