package dev.vaelab.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The samples of a run's epochs")
final class EpochSamplesTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("are all of a few epochs, in their order, beyond epoch 999 too, and no other files")
    void few() throws IOException {
        RunFolder run = run(2, 1000, 10, 999);
        Files.writeString(run.epochImages().resolve("samples-new.png"), "");
        Files.writeString(run.epochImages().resolve("notes.txt"), "");
        assertEquals(List.of(2, 10, 999, 1000), epochs(run));
        assertEquals("data:image/png;base64,MTA=", EpochSamples.of(run).get(1).source());
    }

    @Test
    @DisplayName("are a choice of many epochs, at equal distances, with the first and the last")
    void many() throws IOException {
        int[] all = new int[231];
        for (int index = 0; index < all.length; index++) {
            all[index] = index + 1;
        }
        List<Integer> shown = epochs(run(all));
        assertEquals(24, shown.size());
        for (int index = 0; index < shown.size(); index++) {
            assertEquals(1 + 10 * index, shown.get(index));
        }
    }

    @Test
    @DisplayName("are none where there is no folder of them")
    void none() {
        assertEquals(List.of(), EpochSamples.of(new RunFolder(folder)));
    }

    /** A run with a file for each epoch, which holds the epoch's number. */
    private RunFolder run(int... epochs) throws IOException {
        RunFolder run = new RunFolder(folder);
        Files.createDirectories(run.epochImages());
        for (int epoch : epochs) {
            Files.writeString(run.epochSamples(epoch), Integer.toString(epoch));
        }
        return run;
    }

    private static List<Integer> epochs(RunFolder run) {
        return EpochSamples.of(run).stream().map(EpochSamples::epoch).toList();
    }
}
