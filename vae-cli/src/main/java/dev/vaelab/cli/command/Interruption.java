package dev.vaelab.cli.command;

import dev.vaelab.api.training.StopRequest;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C and a polite kill into a request to stop after the step in work. */
final class Interruption implements AutoCloseable {
    /** A step and a checkpoint take far less; a training that hangs must not keep the process alive. */
    private static final int PATIENCE_SECONDS = 20;

    private final StopRequest stop = new StopRequest();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread training = Thread.currentThread();
    private final Thread hook = new Thread(this::stopAndWait, "interruption");

    private Interruption() {}

    /** Listens until closed, for the training of the thread that calls this. */
    static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** What the training is to watch. */
    StopRequest stop() {
        return stop;
    }

    @Override
    public void close() {
        finished.countDown();
        if (!stop.requested()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void stopAndWait() {
        stop.request();
        if (endedByTraining()) {
            return;
        }
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether an engine called {@code System.exit} in the midst of a step: that call does not return, nor does the step. */
    private boolean endedByTraining() {
        return Arrays.stream(training.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Runtime.class.getName())
                        && frame.getMethodName().equals("exit"));
    }
}
