package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.dataset.Datasets;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.random.RandomStreams;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The data set of docs/datasets.md")
class DocumentedDatasetTest {
    private static final Path PAGE = Path.of("../docs/datasets.md");

    private static final Pattern CLASS = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path path;

    @Test
    @DisplayName("compiles, is found as a service, and gives images for an experiment")
    void works() throws IOException {
        String page = Files.readString(PAGE);
        Matcher example = CLASS.matcher(page);
        assertTrue(example.find(), "no class on the page");
        Path source = Files.writeString(path.resolve("StripesProvider.java"), example.group(1));
        Path classes = Files.createDirectories(path.resolve("classes"));
        compile(source, classes);
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(DatasetProvider.class.getName()), "example.StripesProvider");

        URL[] jar = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(jar, getClass().getClassLoader())) {
            DatasetConfig config = new DatasetConfig("stripes", null, null, null, 500, null, null, null);
            DatasetProvider stripes = Datasets.load(loader).require("stripes", "dataset.name");
            DatasetConfig withPath = new DatasetConfig("stripes", "x", null, null, 500, null, null, null);
            assertEquals(List.of(), stripes.check(config));
            assertEquals("dataset.path", stripes.check(withPath).get(0).place());
            Dataset dataset = stripes.open(config);
            DataSplits splits = DataSplits.of(dataset, config, new RandomStreams(42));
            assertEquals(4500, splits.train().count());
            assertEquals(1000, splits.test().count());
            assertEquals(10, dataset.test().label(999));
        }
    }

    private static void compile(Path source, Path classes) {
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertEquals(0, result, "javac failed");
    }
}
