package dev.vaelab.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Ctrl-C in a training")
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class InterruptionTest {
    private static final String ANNOUNCEMENT =
            "stopping after the step in work; Ctrl-C again ends at once, without a checkpoint";

    private static final Interruption.Words WORDS =
            new Interruption.Words("step", "a checkpoint", "vae train --resume run");

    private final List<String> shown = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("is answered before it is said what came of it, however long the terminal takes for the answer")
    void order() throws Exception {
        Thread training = Thread.currentThread();
        Interruption interruption = new Interruption(WORDS, new Terminal() {
            @Override
            void show(String line) {
                // Until the training has nothing to wait for but this line, or has said its own.
                while (training.getState() != Thread.State.WAITING && shown.isEmpty()) {
                    Thread.onSpinWait();
                }
                shown.add(line);
            }
        });
        Thread hook = new Thread(interruption::stopAndWait);
        hook.start();
        while (!interruption.stop().requested()) {
            Thread.onSpinWait();
        }
        interruption.workEnded(true);
        shown.add("stopped");
        interruption.close();
        hook.join();
        assertEquals(List.of(ANNOUNCEMENT, "stopped"), shown);
    }

    @Test
    @DisplayName("is not answered any more when the training is finished")
    void finished() {
        Interruption interruption = new Interruption(WORDS, new Terminal() {
            @Override
            void show(String line) {
                shown.add(line);
            }
        });
        interruption.workEnded(false);
        interruption.close();
        interruption.stopAndWait();
        assertEquals(List.of(), shown);
    }

    private abstract static class Terminal extends PrintStream {
        Terminal() {
            super(OutputStream.nullOutputStream());
        }

        abstract void show(String line);

        @Override
        public void println(String line) {
            show(line);
        }
    }
}
