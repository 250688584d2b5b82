package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The experiment files that come with the project")
final class ShippedExperimentsTest {
    private static final Path FASHION = Path.of("/usr/share/datasets/fashion-mnist");

    @Test
    @DisplayName("are valid, data included; Fashion-MNIST only where it is installed")
    void areValid() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        List<String> arguments = new ArrayList<>(List.of("validate"));
        try (Stream<Path> files = Files.list(here)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json") || name.endsWith(".yaml"))
                    .filter(name -> !name.startsWith("fashion") || Files.isDirectory(FASHION))
                    .sorted()
                    .forEach(arguments::add);
        }
        assertTrue(arguments.containsAll(
                List.of("quickstart.json", "mnist-djl.json", "mnist-dl4j.yaml", "latent-sizes.sweep.json")));
        Outcome outcome = Program.run(here, arguments.toArray(String[]::new));
        assertEquals(0, outcome.exitCode(), outcome.errors());
    }

    @Test
    @DisplayName("describe one recipe for both engines: the files differ in name and engine only")
    void oneRecipe() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        String djl = resolved(here, "mnist-djl.json");
        String dl4j = resolved(here, "mnist-dl4j.yaml");
        assertEquals(djl, dl4j.replace("mnist-dl4j", "mnist-djl").replace("\"dl4j\"", "\"djl\""));
    }

    private static String resolved(Path here, String file) throws Exception {
        Outcome outcome = Program.run(here, "train", file, "--print-config");
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome.output();
    }
}
