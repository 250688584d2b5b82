package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.cli.Main;
import dev.vaelab.experiments.Program.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The command line within the process of the test, for hundreds of commands in a row. Paths have to be absolute, and the engine one that
 * can be loaded beside others.
 */
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
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Outcome outcome = run(output, arguments);
        return new Outcome(
                outcome.exitCode(), output.toString(StandardCharsets.UTF_8).strip(), outcome.errors());
    }

    /** Runs a command to its end whose standard output is a disk that is full. */
    static Outcome runOnFullDisk(String... arguments) {
        return run(FULL_DISK, arguments);
    }

    /** Runs {@code explore} up to the address of its page, which nobody learns: then it ends. */
    static Outcome explore(String... arguments) {
        List<String> command = new ArrayList<>(List.of("explore", "--port", "0"));
        command.addAll(List.of(arguments));
        return runOnFullDisk(command.toArray(String[]::new));
    }

    private static Outcome run(OutputStream output, String... arguments) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int exitCode = Main.run(output, errors, arguments);
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
