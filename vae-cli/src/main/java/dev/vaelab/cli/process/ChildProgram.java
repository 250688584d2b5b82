package dev.vaelab.cli.process;

import dev.vaelab.api.RunFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One command of this program in a Java machine of its own, with the class path, options and environment of this one.
 *
 * <p>Watched while it runs: a child that shows no sign of life, or takes too much memory, is killed.
 */
public final class ChildProgram {
    private static final int POLL_SECONDS = 1;

    private final List<String> arguments;
    private final Path errors;
    private final ChildLimits limits;
    private final Consumer<String> listener;
    private volatile long lastSign = System.nanoTime();
    private volatile String lastError = "";

    /**
     * Prepares a child.
     *
     * @param arguments of the command line
     * @param errors a file for what it writes to standard error
     * @param limits when it is given up
     * @param listener told each line of its standard error
     */
    public ChildProgram(List<String> arguments, Path errors, ChildLimits limits, Consumer<String> listener) {
        this.arguments = List.copyOf(arguments);
        this.errors = errors;
        this.limits = limits;
        this.listener = listener;
    }

    /**
     * Runs the child to its end. If this process ends before, it takes the child with it.
     *
     * @throws RunFailedException if it cannot be started
     */
    public ChildResult run() {
        Process process;
        try {
            Files.createDirectories(errors.toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(command());
            // A child's progress goes to a file, where nobody wants a bar that draws over itself.
            builder.environment().put("VAE_TERMINAL", "0");
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new RunFailedException("cannot start another Java machine: " + e.getMessage(), e);
        }
        Thread takeAlong = new Thread(() -> end(process), "child-end");
        Runtime.getRuntime().addShutdownHook(takeAlong);
        try {
            lastSign = System.nanoTime();
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> readAll(process));
            CompletableFuture<Void> said = CompletableFuture.runAsync(() -> readErrors(process));
            String givenUp = await(process);
            String text = output.join();
            said.join();
            return new ChildResult(process.exitValue(), text, lastError, givenUp);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new RunFailedException("interrupted while a child was running", e);
        } finally {
            removeHook(takeAlong);
        }
    }

    private String await(Process process) throws InterruptedException {
        while (!process.waitFor(POLL_SECONDS, TimeUnit.SECONDS)) {
            String reason = reasonToGiveUp(process);
            if (!reason.isEmpty()) {
                process.destroyForcibly().waitFor();
                return reason;
            }
        }
        return "";
    }

    private String reasonToGiveUp(Process process) {
        if (System.nanoTime() - lastSign > limits.silence().toNanos()) {
            return "killed: no sign of life for " + limits.silence().toMinutes() + " minutes";
        }
        long resident = residentBytes(process.pid());
        if (resident > limits.residentBytes()) {
            return "killed: took " + resident / (1 << 20) + " MiB of memory, allowed are "
                    + limits.residentBytes() / (1 << 20);
        }
        return "";
    }

    /** Politely first, so that a training writes its checkpoint. */
    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The machine is ending already, and the hook is at work.
        }
    }

    private static long residentBytes(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // Not Linux, or the child has just ended.
            return 0;
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("dev.vaelab.cli.Main");
        command.addAll(arguments);
        return command;
    }

    private static String readAll(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private void readErrors(Process process) {
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8);
                PrintWriter file = new PrintWriter(Files.newBufferedWriter(errors))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lastSign = System.nanoTime();
                if (!line.isBlank()) {
                    lastError = line;
                }
                file.println(line);
                file.flush();
                listener.accept(line);
            }
        } catch (IOException e) {
            lastError = "its messages were lost: " + e.getMessage();
        }
    }
}
