package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Images on Spark")
// The first call brings Spark with Maven: minutes, where nothing of it is there yet.
@Timeout(value = 12, unit = TimeUnit.MINUTES)
final class SparkImagesTest {
    private static final int HEADER = 16;
    private static final int SIDE = 8;
    private static final int PIXELS = SIDE * SIDE;

    /** More than a part has at least. */
    private static final int IMAGES = 9000;

    @TempDir
    private Path folder;

    @BeforeEach
    void train() throws IOException {
        assumeTrue(SparkOfMaven.isPackaged(), "the distribution is made when modules are packaged: mvn verify");
        TinyExperiment.writeForAnyFolder(folder);
        Outcome trained = InProcess.run(
                "train",
                folder.resolve("tiny.json").toString(),
                "--out",
                folder.resolve("run").toString());
        assertEquals(0, trained.exitCode(), trained.errors());
    }

    private Outcome encode(String images, String out) throws IOException, InterruptedException {
        return SparkOfMaven.run(
                folder,
                "encode",
                "run",
                "--images",
                images,
                "--out",
                out,
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.hadoop.fs.viewfs.mounttable.test.link./folder="
                        + folder.toRealPath().toUri());
    }

    @Test
    @DisplayName(
            "are encoded from a file of pixels to the table that one machine makes of the data set, byte for byte, in any of Hadoop's"
                    + " file systems")
    void encode() throws IOException, InterruptedException {
        byte[] idx = Files.readAllBytes(folder.resolve("images/t10k-images-idx3-ubyte"));
        Files.write(folder.resolve("pixels"), Arrays.copyOfRange(idx, HEADER, idx.length));
        Path expected = folder.resolve("expected.csv");
        assertEquals(
                0,
                InProcess.run("encode", folder.resolve("run").toString(), "--out", expected.toString())
                        .exitCode());

        Outcome outcome = encode("pixels", "viewfs://test/folder/found.csv");

        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(folder.resolve("found.csv")));
    }

    @Test
    @DisplayName(
            "of one row group of Parquet are shared out, and encoded to Parquet with the values that one machine has for the data set")
    void parquet() throws Exception {
        byte[] pixels = new byte[IMAGES * PIXELS];
        new Random(1).nextBytes(pixels);
        Path images = Files.createDirectories(folder.resolve("parquet"));
        Path idx = Files.createDirectories(folder.resolve("many"));
        try (ParquetOfSpark spark = ParquetOfSpark.open()) {
            // Pages end elsewhere than parts.
            spark.writeImages(images.resolve("images.parquet"), pixels, PIXELS, 300);
            writeIdx(idx, pixels);
            Path expected = folder.resolve("expected.csv");
            Outcome alone = InProcess.run(
                    "encode",
                    folder.resolve("run").toString(),
                    "--set",
                    "dataset.name=idx",
                    "--set",
                    "dataset.path=" + idx,
                    "--set",
                    "dataset.validation=8",
                    "--out",
                    expected.toString());
            assertEquals(0, alone.exitCode(), alone.errors());

            Outcome outcome = encode("parquet", "found.parquet");

            assertEquals(0, outcome.exitCode(), outcome.errors());
            assertTrue(outcome.errors().contains("2 of 2 parts are done"), outcome.errors());
            assertTrue(Files.exists(folder.resolve("found.parquet/_SUCCESS")));
            List<List<String>> found = new ArrayList<>(spark.rows(folder.resolve("found.parquet/part-000000.parquet")));
            found.addAll(spark.rows(folder.resolve("found.parquet/part-000001.parquet")));
            assertEquals(
                    Files.readAllLines(expected).stream()
                            .skip(1)
                            .map(line -> List.of(line.split(",", -1)))
                            .toList(),
                    found);
        }
    }

    /** The images as those of the test, with the images of the training that are there. */
    private void writeIdx(Path idx, byte... pixels) throws IOException {
        for (String name : List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte")) {
            Files.copy(folder.resolve("images").resolve(name), idx.resolve(name));
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putInt(0x0803).putInt(IMAGES).putInt(SIDE).putInt(SIDE);
        ByteBuffer content = ByteBuffer.allocate(HEADER + pixels.length);
        content.put(header.array()).put(pixels);
        Files.write(idx.resolve("t10k-images-idx3-ubyte"), content.array());
        Files.write(
                idx.resolve("t10k-labels-idx1-ubyte"),
                ByteBuffer.allocate(8 + IMAGES).putInt(0x0801).putInt(IMAGES).array());
    }

    @Test
    @DisplayName("of a folder with a damaged Parquet file are refused with its name, and the table that is there stays")
    void damaged() throws IOException, InterruptedException {
        Path images = Files.createDirectories(folder.resolve("parquet"));
        Files.writeString(images.resolve("second.parquet"), "PAR1 but nothing else PAR1");
        Files.writeString(folder.resolve("table.csv"), "old");

        Outcome outcome = encode("parquet", "table.csv");

        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains("second.parquet: found no Parquet, or a damaged file"), outcome.errors());
        assertFalse(outcome.errors().contains("\tat "), outcome.errors());
        assertEquals("old", Files.readString(folder.resolve("table.csv")));
    }
}
