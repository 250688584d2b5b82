package dev.vaelab.experiment.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.model.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a run keeps of its images")
final class DataRecordTest {
    private static final ImageShape SHAPE = new ImageShape(1, 2, 3);
    private static final LabelledImages IMAGES = new LabelledImages(SHAPE, new byte[12], new byte[2]);
    private static final Dataset DATASET =
            new Dataset("pets", IMAGES, IMAGES, Map.of("pictures", "abc"), List.of("cat", "dog"));

    private static final ImageSubset TRAINED = new ImageSubset(IMAGES, new int[] {1});
    private static final ImageSubset VALIDATED = new ImageSubset(IMAGES, new int[] {0});
    private static final DataSplits SPLITS = new DataSplits(TRAINED, TRAINED, VALIDATED, TRAINED);

    @TempDir
    private Path folder;

    @Test
    @DisplayName("is read as it was written, with the path as it was found")
    void roundTrip() throws IOException {
        Path pets = Files.createDirectory(folder.resolve("pets"));
        DataRecord record =
                DataRecord.of(config("some/../pets"), folder.resolve("./pets").toString(), DATASET, SPLITS);
        assertEquals("some/../pets", record.named());
        assertEquals(pets.toString(), record.path());
        RunFolder run = new RunFolder(folder);
        record.write(run);
        assertEquals(Optional.of(record), DataRecord.read(run));
        assertEquals(SHAPE, record.image());
        assertEquals(List.of("cat", "dog"), record.classes());
        assertEquals(1, record.trainingImages());
        assertEquals(1, record.validationImages());
    }

    @Test
    @DisplayName("has no path for images that come with the program, and one as it was named for what is no file")
    void otherPlaces() {
        assertEquals(null, DataRecord.of(config(null), null, DATASET, SPLITS).path());
        assertEquals(
                "s3://bucket/pets",
                DataRecord.of(config("s3://bucket/pets"), "s3://bucket/pets", DATASET, SPLITS)
                        .path());
    }

    @Test
    @DisplayName("is nothing in a run that was made before there were records")
    void oldRun() {
        assertEquals(Optional.empty(), DataRecord.read(new RunFolder(folder)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"image\":null}",
                "{\"image\":{\"channels\":1,\"height\":0,\"width\":3}}",
                "{\"image\":{\"channels\":1,\"height\":2}}",
                "{\"image\":{\"channels\":1,\"height\":2,\"width\":3},\"classes\":[null]}",
                "{\"image\":{\"channels\":1,\"height\":2,\"width\":3},\"classes\":7}",
                "{\"image\":{\"channels\":1,\"height\":2,\"width\":3},\"trainingImages\":0}"
            })
    @DisplayName("is refused with the name of its file if it is damaged")
    void damaged(String text) throws IOException {
        RunFolder run = new RunFolder(folder);
        Files.writeString(run.dataset(), text);
        InvalidInputException failure = assertThrows(InvalidInputException.class, () -> DataRecord.read(run));
        assertTrue(failure.getMessage().startsWith(run.dataset().toString()), failure.getMessage());
    }

    private static DatasetConfig config(String path) {
        return new DatasetConfig("images", path, null, null, null, null, null, null);
    }
}
