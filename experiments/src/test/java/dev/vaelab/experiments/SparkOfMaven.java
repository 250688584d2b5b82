package dev.vaelab.experiments;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Apache Spark as the launcher brings it, kept in the folder of this build, and the launcher's command {@code spark} on it. */
final class SparkOfMaven {
    private static final Path DISTRIBUTION =
            Path.of("../vae-cli/target/vaelab").toAbsolutePath().normalize();
    private static final Path CACHE = Path.of("target/cache").toAbsolutePath();

    private SparkOfMaven() {}

    /** Whether the distribution is of this build and has the jar of vae-spark. */
    static boolean isPackaged() {
        return LocalRepository.isPackaged() && Files.isRegularFile(DISTRIBUTION.resolve("spark/pom.xml"));
    }

    /** The launcher's command {@code spark}, with few threads of its own; it brings Spark if nobody has yet. */
    static ProcessBuilder prepare(Path folder, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(DISTRIBUTION.resolve("bin/vae").toString(), "spark"));
        command.addAll(List.of(arguments));
        ProcessBuilder program = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = program.environment();
        environment.keySet().removeAll(List.of("SPARK_HOME", "VAE_THREADS", "VAE_PLUGINS", "OMP_NUM_THREADS"));
        environment.put("XDG_CACHE_HOME", CACHE.toString());
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        environment.put("VAE_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        environment.merge(
                "PATH",
                Path.of(System.getProperty("vaelab.maven.home"), "bin").toString(),
                (own, maven) -> maven + ":" + own);
        return program;
    }

    /** Runs it to its end. */
    static Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
        return Program.await(prepare(folder, arguments));
    }

    /** The folder that is a SPARK_HOME: it has the folder jars. Brought if it is not there yet. */
    static Path home() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(CACHE.resolve("vaelab"));
        if (brought(folder).isEmpty()) {
            // Refused after Spark was brought.
            run(folder, "sweep", "--master", "nowhere", "sweep.json");
        }
        return brought(folder).orElseThrow();
    }

    private static Optional<Path> brought(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("spark-"))
                    .findFirst();
        }
    }
}
