package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.PublishedFigure;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The experiment files that come with the project")
final class ShippedExperimentsTest {
    private static final String SCHEMA = "experiment.schema.json";

    private static final String SCHEMA_OF_SWEEPS = "sweep.schema.json";

    private static final String PAPERS = "papers/";

    private static final Path HERE = Path.of("").toAbsolutePath();

    private static final Path FASHION = Path.of("/usr/share/datasets/fashion-mnist");

    @Test
    @DisplayName("are valid, data included; Fashion-MNIST only where it is installed")
    void areValid() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("validate"));
        arguments.addAll(shipped());
        arguments.removeIf(name -> name.startsWith("fashion") && !Files.isDirectory(FASHION));
        assertTrue(arguments.containsAll(List.of(
                "papers/burda-2016-vae-k1.yaml",
                "quickstart.json",
                "mnist-djl.json",
                "mnist-dl4j.yaml",
                "latent-sizes.sweep.json",
                "mnist-search.sweep.json")));
        Outcome outcome = InProcess.run(arguments.toArray(String[]::new));
        assertEquals(0, outcome.exitCode(), outcome.errors());
    }

    @Test
    @DisplayName("describe one recipe for both engines: the files differ in name and engine only")
    void oneRecipe() throws Exception {
        String djl = resolved("mnist-djl.json");
        String dl4j = resolved("mnist-dl4j.yaml");
        assertEquals(djl, dl4j.replace("mnist-dl4j", "mnist-djl").replace("\"dl4j\"", "\"djl\""));
    }

    @Test
    @DisplayName("name the schema beside them, which is what vae schema prints")
    void nameTheSchema() throws Exception {
        requireCurrent(SCHEMA, "schema");
        requireCurrent(SCHEMA_OF_SWEEPS, "schema", "--sweep");
        for (String name : shipped()) {
            String schema = name.contains(".sweep.") ? SCHEMA_OF_SWEEPS : SCHEMA;
            String naming = name.endsWith(".json")
                    ? "\n  \"$schema\": \"" + schema + "\",\n"
                    : "# yaml-language-server: $schema=" + (name.startsWith(PAPERS) ? "../" : "") + schema + "\n";
            assertTrue(Files.readString(HERE.resolve(name)).contains(naming), name);
        }
    }

    private static void requireCurrent(String schema, String... command) throws Exception {
        Outcome outcome = InProcess.run(command);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertEquals(
                outcome.output(),
                Files.readString(HERE.resolve(schema)).strip(),
                "renew it with: ./vae " + String.join(" ", command) + " > experiments/" + schema);
    }

    @Test
    @DisplayName("of papers name the published figures that their table has, each with what it is of")
    void papers() throws Exception {
        String page = Files.readString(HERE.resolve(PAPERS + "README.md"));
        for (String name : shipped()) {
            if (!name.startsWith(PAPERS)) {
                continue;
            }
            ExperimentConfig config = JsonText.read(resolved(name), ExperimentConfig.class);
            List<String> rows = page.lines()
                    .dropWhile(line -> !line.contains("(" + name.substring(PAPERS.length()) + ")"))
                    .limit(config.published().size())
                    .toList();
            assertEquals(2, rows.size(), name);
            for (PublishedFigure figure : config.published()) {
                String value =
                        BigDecimal.valueOf(figure.value()).stripTrailingZeros().toPlainString();
                assertTrue(rows.stream().anyMatch(row -> row.contains("| " + value + " |")), name + ": " + rows);
                assertEquals(config.dataset().name(), figure.dataset());
                assertEquals(config.dataset().binarization(), figure.binarization());
            }
        }
    }

    private static List<String> shipped() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(HERE), Files.list(HERE.resolve(PAPERS)))) {
            return files.map(file -> HERE.relativize(file).toString())
                    .filter(name -> name.endsWith(".json") || name.endsWith(".yaml"))
                    .filter(name -> !name.endsWith(".schema.json"))
                    .sorted()
                    .toList();
        }
    }

    private static String resolved(String file) throws Exception {
        Outcome outcome = InProcess.run("train", file, "--print-config");
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome.output();
    }
}
