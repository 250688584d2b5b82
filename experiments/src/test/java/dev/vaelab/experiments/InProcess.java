package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.cli.Main;
import dev.vaelab.experiments.Program.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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

    private InProcess() {}

    /** Runs a command to its end. */
    static Outcome run(String... arguments) {
        PrintStream realOutput = System.out;
        PrintStream realErrors = System.err;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
                PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            System.setErr(err);
            int exitCode = Main.run(arguments);
            return new Outcome(
                    exitCode,
                    output.toString(StandardCharsets.UTF_8).strip(),
                    errors.toString(StandardCharsets.UTF_8).strip());
        } finally {
            System.setOut(realOutput);
            System.setErr(realErrors);
        }
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
        return outcome;
    }
}
