package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.cli.Main;
import dev.vaelab.experiment.plugin.PluginPath;
import dev.vaelab.experiments.Program.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line within the process of the test, for hundreds of commands in a row. Paths have to be absolute. */
final class InProcess {
    /** What no input may lead to: the words of an internal error, and a stack trace. */
    private static final List<String> NEVER =
            List.of("this should not have happened", "the engine or the Java machine failed", "out of memory", "\tat ");

    /** As Linux' {@code /dev/full} is. */
    private static final OutputStream FULL_DISK = new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
        }
    };

    private InProcess() {}

    /** Runs a command to its end. */
    static Outcome run(String... arguments) {
        return runOnColumns(Integer.MAX_VALUE, arguments);
    }

    /** Runs a command to its end with a folder of plug-ins, as the launcher tells a process of it. */
    static Outcome runWithPlugins(Path plugins, String... arguments) {
        System.setProperty(PluginPath.PLUGINS, plugins.toString());
        try {
            return run(arguments);
        } finally {
            System.clearProperty(PluginPath.PLUGINS);
        }
    }

    /** Commands of somebody who works in a folder. */
    static Workplace in(Path folder) {
        return new Workplace(folder);
    }

    /**
     * A folder in which somebody works. A process has the working folder that it was started in: what begins with {@code ./} in
     * arguments is in this folder all the same, and what is printed of it does not name the folder.
     */
    record Workplace(Path folder) {
        /** Runs a command to its end. */
        Outcome run(String... arguments) {
            return relative(InProcess.run(absolute(arguments)));
        }

        /** Runs a command to its end that prints on so many columns. */
        Outcome runOnColumns(int columns, String... arguments) {
            return InProcess.runOnColumns(columns, absolute(arguments));
        }

        /** Runs a command to its end whose standard output is a disk that is full. */
        Outcome runOnFullDisk(String... arguments) {
            return relative(InProcess.runOnFullDisk(absolute(arguments)));
        }

        /** Runs a command that is done. */
        Outcome succeed(String... arguments) {
            Outcome outcome = run(arguments);
            assertEquals(0, outcome.exitCode(), outcome.errors());
            return outcome;
        }

        private String[] absolute(String... arguments) {
            return Arrays.stream(arguments)
                    .map(argument -> argument.replaceAll("^\\./", folder + "/").replace("=./", "=" + folder + "/"))
                    .toArray(String[]::new);
        }

        private Outcome relative(Outcome outcome) {
            return new Outcome(
                    outcome.exitCode(),
                    outcome.output().replace(folder + "/", ""),
                    outcome.errors().replace(folder + "/", ""));
        }
    }

    /** Runs a command to its end that prints on so many columns. */
    static Outcome runOnColumns(int columns, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Outcome outcome = run(output, columns, arguments);
        return new Outcome(
                outcome.exitCode(), output.toString(StandardCharsets.UTF_8).strip(), outcome.errors());
    }

    /** Runs a command to its end whose standard output is a disk that is full. */
    static Outcome runOnFullDisk(String... arguments) {
        return run(FULL_DISK, Integer.MAX_VALUE, arguments);
    }

    /** Runs {@code explore} up to the address of its page, which nobody learns: then it ends. */
    static Outcome explore(String... arguments) {
        List<String> command = new ArrayList<>(List.of("explore", "--port", "0"));
        command.addAll(List.of(arguments));
        return runOnFullDisk(command.toArray(String[]::new));
    }

    private static Outcome run(OutputStream output, int columns, String... arguments) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int exitCode = Main.run(output, errors, columns, arguments);
        return new Outcome(exitCode, "", errors.toString(StandardCharsets.UTF_8).strip());
    }

    /** Runs a command on input that may be damaged: it is done, or says what is wrong; nothing worse. */
    static Outcome runOnAnything(String... arguments) {
        Outcome outcome = run(arguments);
        String said = Arrays.toString(arguments) + " ends with " + outcome.exitCode() + ": " + outcome.output() + "\n"
                + outcome.errors();
        assertTrue(outcome.exitCode() == 0 || outcome.exitCode() == 2, said);
        for (String words : NEVER) {
            assertFalse(outcome.errors().contains(words) || outcome.output().contains(words), said);
        }
        assertTrue(outcome.exitCode() == 0 || outcome.errors().startsWith("error: "), said);
        assertFalse((outcome.output() + outcome.errors()).codePoints().anyMatch(OutputTest::isObeyed), said);
        return outcome;
    }
}
