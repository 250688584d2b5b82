package dev.vaelab.experiments;

import dev.vaelab.experiments.Program.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A command at work. What it writes to standard error is read only while somebody waits for it: in between it comes to a
 * standstill as soon as it has filled the pipe, and stays alive.
 */
final class RunningProgram implements AutoCloseable {
    private final Process process;
    private final BufferedReader messages;
    private final Path output;
    private final StringBuilder said = new StringBuilder();

    private RunningProgram(Process process, Path output) {
        this.process = process;
        this.messages = process.errorReader();
        this.output = output;
    }

    static RunningProgram start(ProcessBuilder program) throws IOException {
        heedSignals(program);
        Path output = Files.createTempFile("output", ".txt");
        return new RunningProgram(program.redirectOutput(output.toFile()).start(), output);
    }

    /** Whoever started the tests may have had signals ignored, as a shell does behind an ampersand; the program inherits that. */
    private static void heedSignals(ProcessBuilder program) throws IOException {
        List<String> heeding = List.of("env", "--default-signal=INT,TERM,HUP,USR1");
        try {
            List<String> trial = new ArrayList<>(heeding);
            trial.add("true");
            if (new ProcessBuilder(trial).start().waitFor() == 0) {
                List<String> command = new ArrayList<>(heeding);
                command.addAll(program.command());
                program.command(command);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A training of {@link TinyExperiment} that has done two epochs of a million. */
    static RunningProgram trainForever(Path folder, String run) throws IOException {
        RunningProgram training =
                start(Program.prepare(folder, "train", "tiny.json", "--set", "training.epochs=1000000", "--out", run));
        training.awaitMessage("epoch 2/");
        return training;
    }

    long id() {
        return process.pid();
    }

    /** Reads until a line that begins so; a program that ends before has not done what a test waits for. */
    void awaitMessage(String beginning) throws IOException {
        awaitLine(line -> line.startsWith(beginning));
    }

    /** Reads until such a line; a program that ends before has not done what a test waits for. */
    void awaitLine(Predicate<String> wanted) throws IOException {
        if (!readUntil(wanted)) {
            throw new AssertionError("it ended without the line that was waited for:\n" + said);
        }
    }

    /** Whether there was such a line before the end. */
    private boolean readUntil(Predicate<String> wanted) throws IOException {
        String line = messages.readLine();
        while (line != null) {
            said.append(line).append('\n');
            if (wanted.test(line)) {
                return true;
            }
            line = messages.readLine();
        }
        return false;
    }

    /** The processes that it has started, and those that they have. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** Sends a signal, for example {@code INT}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Whether a signal, by its number, can reach the process: whoever started the tests may have had it ignored. */
    boolean heeds(int signal) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return true;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow();
        long mask = Long.parseUnsignedLong(ignored.replaceAll("SigIgn:\\s*", ""), 16);
        return (mask >> signal - 1 & 1) == 0;
    }

    /** Waits for the end. */
    Outcome end() throws IOException, InterruptedException {
        // All that is left: whoever does not read on lets it stand still at a full pipe.
        readUntil(line -> false);
        int exitCode = process.waitFor();
        return new Outcome(
                exitCode, Files.readString(output).strip(), said.toString().strip());
    }

    /** Kills it if it is still there. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        messages.close();
        Files.delete(output);
    }
}
