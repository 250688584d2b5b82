package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
                    + " file systems, and to Parquet with the same values")
    void encode() throws Exception {
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

        Outcome parquet = encode("pixels", "found.parquet");

        assertEquals(0, parquet.exitCode(), parquet.errors());
        assertTrue(Files.exists(folder.resolve("found.parquet/_SUCCESS")));
        assertEquals(
                Files.readAllLines(expected).stream()
                        .skip(1)
                        .map(line -> List.of(line.split(",", -1)))
                        .toList(),
                rows(folder.resolve("found.parquet/part-000000.parquet")));
    }

    /** The values of a Parquet file as text, as Parquet itself reads them: its classes are Spark's, and not on the path of the tests. */
    private static List<List<String>> rows(Path file) throws Exception {
        List<URL> jars = new ArrayList<>();
        try (var found = Files.newDirectoryStream(SparkOfMaven.home().resolve("jars"), "*.jar")) {
            for (Path jar : found) {
                jars.add(jar.toUri().toURL());
            }
        }
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        try (URLClassLoader spark =
                new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(spark);
            Class<?> path = spark.loadClass("org.apache.hadoop.fs.Path");
            Class<?> support = spark.loadClass("org.apache.parquet.hadoop.api.ReadSupport");
            Class<?> type = spark.loadClass("org.apache.parquet.hadoop.ParquetReader");
            Object builder = type.getMethod("builder", support, path)
                    .invoke(
                            null,
                            spark.loadClass("org.apache.parquet.hadoop.example.GroupReadSupport")
                                    .getConstructor()
                                    .newInstance(),
                            path.getConstructor(String.class).newInstance(file.toString()));
            Object reader = builder.getClass().getMethod("build").invoke(builder);
            Class<?> group = spark.loadClass("org.apache.parquet.example.data.simple.SimpleGroup");
            List<List<String>> rows = new ArrayList<>();
            for (Object row = type.getMethod("read").invoke(reader);
                    row != null;
                    row = type.getMethod("read").invoke(reader)) {
                Object schema = group.getMethod("getType").invoke(row);
                int fields = (int) schema.getClass().getMethod("getFieldCount").invoke(schema);
                List<String> values = new ArrayList<>();
                for (int field = 0; field < fields; field++) {
                    values.add((String) group.getMethod("getValueToString", int.class, int.class)
                            .invoke(row, field, 0));
                }
                rows.add(values);
            }
            type.getMethod("close").invoke(reader);
            return rows;
        } finally {
            thread.setContextClassLoader(own);
        }
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
