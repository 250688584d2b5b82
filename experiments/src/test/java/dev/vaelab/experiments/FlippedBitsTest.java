package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("One flipped bit in a checkpoint")
final class FlippedBitsTest {
    /** {@code -Dvaelab.flips=2000} tries as many over both checkpoints. */
    private static final int FLIPS = Integer.getInteger("vaelab.flips", 200);

    private static final String BEST = "checkpoints/best.safetensors";
    private static final String LAST = "checkpoints/last.safetensors";

    @TempDir
    private static Path folder;

    private static SoundRun sound;
    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        sound = SoundRun.train(folder);
        run = folder.resolve("flipped");
    }

    @Test
    @DisplayName("is noticed by evaluate, explore and --resume, wherever it is, and the file is told")
    void noticed() throws IOException {
        sound.copyTo(run);
        int best = sound.content(BEST).length;
        int last = sound.content(LAST).length;
        SplittableRandom random = new SplittableRandom(11);
        for (int flip = 0; flip < FLIPS; flip++) {
            int place = random.nextInt(best + last);
            String file = place < best ? BEST : LAST;
            byte[] damaged = sound.content(file).clone();
            int bit = random.nextInt(Byte.SIZE);
            int index = place < best ? place : place - best;
            damaged[index] ^= (byte) (1 << bit);
            Files.write(run.resolve(file), damaged);
            String which = file + ", bit " + bit + " of byte " + index;
            if (file.equals(BEST)) {
                requireRefused(which, InProcess.run("evaluate", run.toString(), "--json"), BEST);
                if (flip % 8 == 0) {
                    // They read it by the same code.
                    requireRefused(which, InProcess.explore(run.toString()), BEST);
                }
            }
            requireRefused(which, InProcess.run("train", "--resume", run.toString(), "--quiet"), file);
            Files.write(run.resolve(file), sound.content(file));
        }
        Outcome evaluated = InProcess.run("evaluate", run.toString());
        assertEquals(0, evaluated.exitCode(), evaluated.errors());
    }

    private static void requireRefused(String which, Outcome outcome, String file) {
        assertEquals(2, outcome.exitCode(), () -> which + ": " + outcome);
        assertTrue(outcome.errors().contains(run.resolve(file).toString()), () -> which + ": " + outcome);
    }
}
