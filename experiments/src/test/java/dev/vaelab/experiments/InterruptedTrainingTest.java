package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.api.weights.Safetensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A training on a terminal")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class InterruptedTrainingTest {
    private static final int SIGNALS = 128;
    private static final int SIGINT = 2;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("draws a bar as wide as that, and by Ctrl-C stops with a checkpoint to go on from, the bar taken away")
    void controlC() throws Exception {
        assumeTrue(Program.hasTerminals(), "no terminal: this test needs Linux' script");
        TinyExperiment.write(folder);
        Process terminal = Program.onTerminal(
                        folder,
                        "train",
                        "tiny.json",
                        "--progress=bar",
                        "--set",
                        "training.epochs=1000000",
                        "--out",
                        "run")
                .redirectErrorStream(true)
                .start();
        List<String> shown = new ArrayList<>();
        try (BufferedReader lines = terminal.inputReader()) {
            readUntil("epoch 2/", lines, shown);
            interrupt(terminal);
            readUntil("", lines, shown);
        }
        assertEquals(SIGNALS + SIGINT, terminal.waitFor(), shown::toString);
        assertEquals("stopped; go on with: vae train --resume run", shown.get(shown.size() - 1));
        String bar = shown.stream()
                .filter(line -> line.endsWith(" left"))
                .findFirst()
                .orElseThrow();
        assertEquals(99, bar.length(), bar);

        Safetensors last = Safetensors.read(folder.resolve("run/checkpoints/last.safetensors"));
        assertTrue(Integer.parseInt(last.metadata().get("vaelab.epoch")) >= 2);
    }

    /** A carriage return ends a line too, so that each drawing of a bar is one. */
    private static void readUntil(String beginning, BufferedReader terminal, List<String> shown) throws IOException {
        for (String line = terminal.readLine(); line != null; line = terminal.readLine()) {
            if (!line.isBlank()) {
                shown.add(line);
            }
            if (!beginning.isEmpty() && line.startsWith(beginning)) {
                return;
            }
        }
    }

    /** As the terminal does when somebody presses Ctrl-C. */
    private static void interrupt(Process terminal) throws Exception {
        long program = terminal.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
        assertEquals(
                0,
                new ProcessBuilder("kill", "-INT", Long.toString(program))
                        .start()
                        .waitFor());
    }
}
