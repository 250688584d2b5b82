package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
