package dev.vaelab.experiments;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.plugin.PluginPath;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command line as a person starts it: in a process of its own, with what it prints and its exit code. */
final class Program {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final String MAIN = "dev.vaelab.cli.Main";

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
        return await(prepare(folder, arguments));
    }

    /** A command that is not started yet. */
    static ProcessBuilder prepare(Path folder, String... arguments) {
        return new ProcessBuilder(shortLived(arguments)).directory(folder.toFile());
    }

    /** A command with a folder of plug-ins, as the launcher starts it. */
    static ProcessBuilder withPlugins(Path plugins, Path folder, String... arguments) {
        ProcessBuilder program = prepare(folder, arguments);
        program.command().add(1, "-D" + PluginPath.PLUGINS + "=" + plugins);
        return program;
    }

    /** Commands, the words of each apart by spaces, one after the other in one JVM; see {@link CommandSequence}. */
    static ProcessBuilder sequence(Path folder, String... commands) {
        ProcessBuilder program = prepare(folder, commands);
        List<String> words = program.command();
        words.set(words.indexOf(MAIN), CommandSequence.class.getName());
        // Behind the class path of the program, whose classes so remain those of the archive.
        int classPath = words.indexOf("-cp") + 1;
        words.set(
                classPath,
                words.get(classPath)
                        + File.pathSeparator
                        + Path.of("target/test-classes").toAbsolutePath());
        return program;
    }

    /** Whether a program can be given a terminal here, as Linux' {@code script} makes one. */
    static boolean hasTerminals() {
        return System.getProperty("os.name").equals("Linux") && Files.isExecutable(SCRIPT);
    }

    /** A command on a terminal of its own, 100 columns wide; what it shows there is its standard output. */
    static ProcessBuilder onTerminal(Path folder, String... arguments) {
        return onTerminal(100, folder, arguments);
    }

    /** A command on a terminal of its own, so many columns wide; what it shows there is its standard output. */
    static ProcessBuilder onTerminal(int columns, Path folder, String... arguments) {
        String command = shortLived(arguments).stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder(
                        SCRIPT.toString(),
                        "--quiet",
                        "--flush",
                        "--return",
                        "--command",
                        "stty cols " + columns + "; exec env --default-signal=INT " + command,
                        "/dev/null")
                .directory(folder.toFile());
        // Libraries leave a terminal alone that says nothing about itself.
        builder.environment().put("TERM", "xterm");
        return builder;
    }

    /** Runs any program to its end. */
    static Outcome await(ProcessBuilder program) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        Path errors = Files.createTempFile("errors", ".txt");
        Process process = program.redirectOutput(output.toFile())
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

    private static List<String> shortLived(String... arguments) {
        List<String> command = command(arguments);
        command.addAll(1, shortLivedOptions());
        return command;
    }

    /** For tests that start one JVM after the other, none of which lives to see its code compiled twice. */
    static List<String> shortLivedOptions() {
        List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1"));
        options.addAll(LoadedClasses.options());
        return options;
    }

    /** Without the classes of the tests, which must not be found unless they are in a jar. */
    static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
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
                classPath(),
                MAIN));
        command.addAll(List.of(arguments));
        return command;
    }
}
