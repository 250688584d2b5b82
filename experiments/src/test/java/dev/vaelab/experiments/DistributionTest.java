package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the folder {@code lib} alone: the class path of the tests has more, which would hide that a jar is missing there. */
@DisplayName("The distribution")
final class DistributionTest {
    private static final Path HOME = Path.of("../vae-cli/target/vaelab");

    @TempDir
    private static Path folder;

    private static String lib;

    private static String engines;

    @BeforeAll
    static void prepare() throws IOException {
        // In "mvn test" nothing is packaged, and what lies there is from an earlier build.
        assumeTrue(
                System.getProperty("java.class.path")
                        .contains(Path.of("vae-cli", "target", "vae-cli-").toString()),
                "the distribution is made when modules are packaged: mvn verify");
        lib = HOME.toRealPath().resolve("lib") + "/*";
        engines = HOME.toRealPath().resolve("engines").toString();
        TinyExperiment.write(folder);
        // In YAML, and with files for TensorBoard: both have libraries of their own.
        Files.writeString(folder.resolve("tiny.yaml"), """
                extends: tiny.json
                backend: dl4j
                training: { epochs: 1 }
                logging: { tensorboard: true }
                """);
        Files.writeString(
                folder.resolve("sweep.json"),
                "{\"name\": \"s\", \"experiment\": \"tiny.yaml\", \"grid\": {\"backend\": [\"reference\"]}}");
    }

    @Test
    @DisplayName("has what each command needs, on every engine")
    void commands() throws Exception {
        Path driver = Files.createDirectories(folder.resolve("driver"));
        copyClass(CommandSequence.class, driver);
        Outcome outcome = Program.await(
                java(
                        lib + ":" + driver,
                        CommandSequence.class.getName(),
                        "--version",
                        "help train",
                        "backends",
                        "datasets",
                        "schema",
                        "schema --sweep",
                        "completion",
                        "validate tiny.json tiny.yaml sweep.json",
                        "train tiny.yaml --out dl4j --progress=bar",
                        "train --resume dl4j --set training.epochs=2 --progress=plain",
                        "train tiny.json --backend djl --out djl",
                        "evaluate dl4j",
                        "evaluate djl --backend reference --json",
                        "generate djl --image generated.png",
                        "reconstruct dl4j --image reconstructed.png",
                        "encode dl4j --out latents.csv",
                        "decode dl4j latents.csv --image decoded.png",
                        "export dl4j --format onnx --out onnx",
                        "export djl --format torchscript --out torchscript",
                        "export djl --format huggingface --out hub",
                        "report dl4j",
                        "runs .",
                        "diff dl4j djl",
                        "parity tiny.json --backends dl4j,djl --steps 1",
                        "compare tiny.yaml --backends reference,djl --parity-steps 0 --out compared",
                        "sweep sweep.json --out swept",
                        "bench tiny.json --backends reference --batch 4 --threads 1 --turns 1 --duration 0.01s --out measured"));
        assertEquals(0, outcome.exitCode(), outcome.errors());
        // What a training can do without is a warning there.
        assertEquals(
                List.of(),
                outcome.errors()
                        .lines()
                        .filter(line -> line.startsWith("warning") || line.contains("NoClassDefFoundError"))
                        .toList());
        try (Stream<Path> events = Files.list(folder.resolve("dl4j/tensorboard"))) {
            assertTrue(events.findAny().isPresent());
        }
    }

    @Test
    @DisplayName("has what explore serves, and starts by its launcher")
    void explore() throws Exception {
        SoundRun.train(folder);
        try (Explorer explorer =
                Explorer.start(launcher("explore", "sound", "--backends", "djl,dl4j", "--port", "0", "--json"))) {
            HttpClient client = HttpClient.newHttpClient();
            URI page = explorer.page();
            for (String file : List.of("/", "/api/run", "/api/image?index=0")) {
                assertEquals(
                        200,
                        client.send(HttpRequest.newBuilder(page.resolve(file)).build(), BodyHandlers.discarding())
                                .statusCode(),
                        file);
            }
            String decoded = client.send(
                            HttpRequest.newBuilder(page.resolve("/api/decode"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"latents\": [0, 1]}"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            assertTrue(decoded.contains("\"images\""), decoded);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"VAE_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"})
    @DisplayName("starts with as little heap as the caller allows, and says how much that is where it does not suffice")
    void littleHeap(String variable) throws Exception {
        SmallExperiment.write(folder, "reference");
        ProcessBuilder validation = launcher("validate", "tiny.json", "small.json");
        validation.environment().remove("VAE_JAVA_OPTIONS");
        validation.environment().put(variable, "-XX:TieredStopAtLevel=1 -Xmx64m");
        Outcome outcome = Program.await(validation);
        assertEquals(2, outcome.exitCode());
        assertEquals("tiny.json: valid", outcome.output());
        assertTrue(
                outcome.errors()
                        .matches("(?s).*small.json: not valid\n.*expected fewer than the heap of 6\\d MB has free;"
                                + " give Java more memory, with VAE_JAVA_OPTIONS=-Xmx4g for example"),
                outcome.errors());
    }

    @Test
    @DisplayName("has no jar that nothing loads, and says of all others what they are")
    void jars() throws Exception {
        List<String> names = new ArrayList<>(jarsIn("lib"));
        names.addAll(jarsIn("engines/djl"));
        names.addAll(jarsIn("engines/dl4j"));
        List<String> unused = List.of("fastutil", "tensorflow", "commons-net", "threetenbp", "oshi");
        assertEquals(
                List.of(),
                names.stream()
                        .filter(name -> unused.stream().anyMatch(name::startsWith))
                        .toList());
        String components = Files.readString(HOME.resolve("components.cdx.json"));
        for (String name : names) {
            // For example jetty-io-12.1.13.jar.
            String artifact = name.replaceFirst("-\\d.*$", "");
            assertTrue(components.contains("\"name\" : \"" + artifact + "\""), name);
        }
    }

    private static List<String> jarsIn(String folder) throws IOException {
        try (Stream<Path> jars = Files.list(HOME.resolve(folder))) {
            return jars.map(jar -> jar.getFileName().toString()).toList();
        }
    }

    @Test
    @DisplayName("has each engine in a folder of its own, without what the program brings, and none in the program")
    void engines() throws Exception {
        List<String> program = jarsIn("lib");
        for (String engine : List.of("djl", "dl4j")) {
            List<String> jars = jarsIn("engines/" + engine);
            assertTrue(jars.stream().anyMatch(jar -> jar.startsWith("vae-backend-" + engine)), jars::toString);
            assertEquals(
                    List.of(),
                    jars.stream()
                            .filter(jar -> jar.startsWith("vae-api") || jar.startsWith("slf4j"))
                            .toList());
        }
        assertEquals(
                List.of(),
                program.stream()
                        .filter(jar -> jar.matches("(vae-backend-d|nd4j|deeplearning4j|javacpp|pytorch|gson).*"))
                        .toList());
        assertTrue(program.stream().anyMatch(jar -> jar.startsWith("vae-backend-reference")), program::toString);
    }

    private static ProcessBuilder java(String classPath, String... program) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-XX:+UseSerialGC",
                "-Dvaelab.engines=" + engines,
                "-cp",
                classPath));
        command.addAll(Arrays.asList(program));
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    private static ProcessBuilder launcher(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(HOME.toRealPath().resolve("bin/vae").toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("VAE_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        return builder;
    }

    private static void copyClass(Class<?> type, Path to) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Path file = to.resolve(name);
        Files.createDirectories(file.getParent());
        try (var stream = type.getClassLoader().getResourceAsStream(name)) {
            Files.copy(stream, file);
        }
    }
}
