package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.GuideProject.TestRun;
import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the page as its reader does, on images of 8x8 in the place of MNIST. */
@DisplayName("docs/add-a-part.md")
final class PartGuideTest {
    private static final String LOSS = "src/main/java/com/example/capacity/Capacity.java";

    @TempDir
    private Path folder;

    private GuidePage page;
    private GuideProject project;

    @BeforeEach
    void begin() throws Exception {
        page = GuidePage.read("add-a-part.md");
        project = GuideProject.begin(page, folder, "capacity-loss");
    }

    @Test
    @DisplayName("leads to parts that pass their tests, which fail where a formula is wrong")
    void passes() throws Exception {
        String[] tests = {"com.example.capacity.CapacityTest", "com.example.capacity.LaplaceTest"};
        TestRun right = project.run(tests);
        assertEquals(List.of(), right.failures());
        assertTrue(right.succeeded() > 15, right.succeeded() + " tests passed");

        GuidePage.replaceOnce(project.file(LOSS), "kl.minus(capacity)", "kl.mean(0).minus(capacity)");
        TestRun wrong = project.run(tests);
        assertTrue(
                wrong.failures().stream().anyMatch(failure -> failure.contains("values of distance for 5 images")),
                () -> String.join("\n", wrong.failures()));
    }

    @Test
    @DisplayName("leads to a jar whose parts are in the schema, and train alike on every engine")
    void trains() throws Exception {
        Path plugins = folder.resolve("plugins");
        project.writeJar(plugins.resolve("capacity-loss-1.0.jar"));
        TinyExperiment.write(folder);
        List<String> done = new ArrayList<>();
        for (String command : page.commandsOfProgram()) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            done.add(words.get(0));
            switch (words.get(0)) {
                case "schema" -> requireInSchema(run(plugins, "schema"));
                case "validate" -> requireVerdict(command, run(plugins, tiny(words)));
                case "train" -> requireTerms(run(plugins, tiny(words)).json());
                case "parity" -> {
                    Outcome parity = run(plugins, tiny(words));
                    assertEquals(0, parity.exitCode(), parity.output() + parity.errors());
                    assertEquals(true, parity.json().get("passed"), parity.output());
                }
                default -> throw new AssertionError("nothing is known of " + command);
            }
        }
        assertEquals(
                List.of(
                        "schema",
                        "validate",
                        "validate",
                        "validate",
                        "train",
                        "train",
                        "train",
                        "parity",
                        "parity",
                        "parity"),
                done);
    }

    private Outcome run(Path plugins, String... words) throws IOException, InterruptedException {
        return Program.await(Program.withPlugins(plugins, folder, words));
    }

    /** The page's command, on few images and in few steps. */
    private static String[] tiny(List<String> words) {
        List<String> tiny = new ArrayList<>();
        for (int index = 0; index < words.size(); index++) {
            String word = words.get(index);
            boolean ofMnist = index + 1 < words.size()
                    && word.equals("--set")
                    && words.get(index + 1).startsWith("dataset.");
            if (ofMnist) {
                index++;
            } else if (word.equals("--steps")) {
                index++;
                tiny.addAll(List.of("--steps", "2"));
            } else if (word.equals("||")) {
                break;
            } else {
                tiny.add(word.equals("experiments/quickstart.json") ? "tiny.json" : word);
            }
        }
        tiny.add("--json");
        return tiny.toArray(String[]::new);
    }

    private static void requireInSchema(Outcome schema) {
        assertEquals(0, schema.exitCode(), schema.errors());
        Map<?, ?> keys =
                (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) schema.json().get("properties")).get("loss")).get("properties");
        assertEquals(
                Map.of(
                        "type",
                        "number",
                        "description",
                        "Nats per image towards which the KL term is drawn.",
                        "minimum",
                        0,
                        "default",
                        25.0),
                keys.get("capacity"));
        assertEquals(
                List.of("beta-tc", "capacity", "elbo", "info", "iwae"), ((Map<?, ?>) keys.get("name")).get("enum"));
        assertTrue(schema.output().contains("capacity: reconstruction + beta * |KL - capacity| (Burgess et al. 2018)"));
    }

    private static void requireVerdict(String command, Outcome verdict) {
        assertEquals(command.endsWith("|| true") ? 2 : 0, verdict.exitCode(), verdict.output() + verdict.errors());
        if (command.contains("capacity=-1")) {
            assertTrue(
                    verdict.output().contains("--set loss.capacity")
                            && verdict.output().contains("a number of at least 0"),
                    verdict.output());
        } else if (verdict.exitCode() == 2) {
            assertTrue(
                    verdict.output().contains("capacity with elbo")
                            && verdict.output().contains("it with capacity only"),
                    verdict.output());
        }
    }

    private static void requireTerms(Map<String, Object> trained) {
        Map<?, ?> test = (Map<?, ?>) trained.get("test");
        assertTrue(test.containsKey("distance") && test.containsKey("kl"), trained.toString());
        double loss = (Double) test.get("reconstruction") + (Double) test.get("distance");
        assertEquals(loss, (Double) test.get("loss"), 1e-4);
    }

    @Test
    @DisplayName("says what is told of a jar that is there twice")
    void twice() throws Exception {
        Path plugins = folder.resolve("plugins");
        project.writeJar(plugins.resolve("capacity-loss-1.0.jar"));
        Files.copy(plugins.resolve("capacity-loss-1.0.jar"), plugins.resolve("capacity-loss-1.1.jar"));
        Outcome schema = run(plugins, "schema");
        assertEquals(2, schema.exitCode());
        String errors = schema.errors().replaceAll("file:\\S*/", "");
        for (String part : List.of("loss capacity", "likelihood laplace")) {
            assertTrue(errors.contains(part + ": found two providers of this name"), errors);
        }
        assertTrue(errors.contains("com.example.capacity.Capacity in capacity-loss-1.1.jar"), errors);
        assertFalse(errors.contains("\tat "), errors);
    }

    @Test
    @DisplayName("asks Maven for this version of the contract, and for the plug-ins that build this project")
    void versions() throws Exception {
        page.requireVersions();
    }
}
