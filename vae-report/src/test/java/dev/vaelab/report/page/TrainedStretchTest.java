package dev.vaelab.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.model.ImageShape;
import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.DataRecord;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The report of a run that was resumed")
final class TrainedStretchTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 0 | 4 | 0 | epochs 1 to 3",
                "2 | 0 | 3 | 0 | epoch 2",
                "1 | 0 | 4 | 7 | epochs 1 to 3 and 7 batches of epoch 4",
                "4 | 7 | 4 | 8 | 1 batch of epoch 4",
                "4 | 7 | 5 | 0 | the rest of epoch 4",
                "4 | 7 | 6 | 0 | the rest of epoch 4 and epoch 5",
                "4 | 7 | 9 | 1 | the rest of epoch 4, epochs 5 to 8 and 1 batch of epoch 9",
                "1 | 0 | 1 | 5 | 5 batches of epoch 1",
                "3 | 0 | 3 | 0 | no epoch yet",
                "3 | 5 | 3 | 0 | no more of epoch 3 yet"
            })
    @DisplayName("says in words what each process trained")
    void inWords(int fromEpoch, int fromBatches, int toEpoch, int toBatches, String words) {
        assertEquals(
                words,
                new TrainedStretch(
                                new Provenance.Beginning(fromEpoch, fromBatches),
                                new Provenance.Beginning(toEpoch, toBatches))
                        .inWords());
    }

    @Test
    @DisplayName("tells of every engine, when it began and what it trained, and has the names of classes")
    void everyLeg() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("run"), "dl4j", 1, 6, 97.5);
        Provenance first = leg("djl", "2026-01-01T10:00:00Z", 1, 0, List.of());
        Provenance second = leg("reference", "2026-01-02T10:00:00Z", 3, 4, List.of());
        Provenance last = leg("dl4j", "2026-01-03T10:00:00Z", 5, 0, List.of(first, second));
        RunFolder.writeText(run.provenance(), JsonText.page(last));
        new DataRecord(
                        "images",
                        "pets",
                        "pets",
                        "/pets",
                        new ImageShape(3, 8, 8),
                        List.of("cat", "dog"),
                        Map.of(),
                        1,
                        null,
                        null)
                .write(run);

        PageText page = new PageText(RunReport.read(run).page());
        page.assertWhole();
        Map<String, Object> data = page.data();
        assertEquals(
                List.of("epochs 1 to 2 and 4 batches of epoch 3", "the rest of epoch 3 and epoch 4", "epochs 5 to 6"),
                data.get("trained"));
        assertEquals(List.of("cat", "dog"), data.get("classNames"));
        Map<?, ?> provenance = (Map<?, ?>) data.get("provenance");
        assertEquals("dl4j", provenance.get("backend"));
        assertEquals(
                List.of("djl", "reference"),
                ((List<?>) provenance.get("earlier"))
                        .stream().map(leg -> ((Map<?, ?>) leg).get("backend")).toList());
    }

    private static Provenance leg(String backend, String started, int epoch, int batches, List<Provenance> earlier) {
        Provenance sample = SampleRuns.provenance(backend, "a processor");
        return new Provenance(
                sample.program(),
                Instant.parse(started),
                backend,
                sample.engine(),
                sample.dataset(),
                sample.dataChecksums(),
                sample.seed(),
                sample.machine(),
                sample.settings(),
                sample.secondsToFirstStep(),
                sample.memory(),
                new Provenance.Beginning(epoch, batches),
                earlier);
    }
}
