package dev.vaelab.experiments;

import dev.vaelab.cli.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line as a person starts it: in a process of its own, with what it prints and its exit code. */
final class Program {
    private Program() {}

    /**
     * What a command left behind.
     *
     * @param exitCode 0, 1 or 2
     * @param output standard output
     * @param errors standard error
     */
    record Outcome(int exitCode, String output, String errors) {
        /** The JSON object on standard output. */
        @SuppressWarnings("unchecked")
        Map<String, Object> json() {
            return JsonText.read(output, Map.class);
        }
    }

    /** Runs a command to its end. */
    static Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        Path errors = Files.createTempFile("errors", ".txt");
        Process process = new ProcessBuilder(command(arguments))
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        int exitCode = process.waitFor();
        Outcome outcome = new Outcome(
                exitCode,
                Files.readString(output, StandardCharsets.UTF_8).strip(),
                Files.readString(errors, StandardCharsets.UTF_8).strip());
        Files.delete(output);
        Files.delete(errors);
        return outcome;
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.vaelab.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}
