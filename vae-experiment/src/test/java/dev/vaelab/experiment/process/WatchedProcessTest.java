package dev.vaelab.experiment.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.api.RunFailedException;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A watched process")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class WatchedProcessTest {
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final long MUCH = Long.MAX_VALUE;

    @TempDir
    private Path folder;

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    @Test
    @DisplayName("hands over its output, its last message and its exit code, and its messages line by line")
    void whole() throws Exception {
        ChildResult result = run("echo answer; echo one >&2; echo two >&2; echo >&2; exit 3", LONG, MUCH);
        assertEquals(new ChildResult(3, "answer\n", "two", Optional.empty(), Optional.empty()), result);
        assertEquals(List.of("one", "two", ""), heard);
        assertEquals(heard, Files.readAllLines(messages()));
    }

    @Test
    @DisplayName("is killed when it shows no sign of life, together with the processes that it started")
    void silence() throws Exception {
        ChildResult result = run("sleep 600 & echo $! >&2; wait", SHORT, MUCH);
        assertEquals(Optional.of("killed: no sign of life for 0.3s"), result.givenUp());
        requireEnded(Long.parseLong(heard.get(0)));
    }

    @Test
    @DisplayName("is killed when it takes too much memory")
    void memory() {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "telling the memory of a process takes Linux");
        String reason = run("exec sleep 600", LONG, 1).givenUp().orElse("");
        assertTrue(reason.matches("killed: took \\d+ MiB of memory, allowed are 0"), reason);
    }

    @ParameterizedTest
    @CsvSource({
        "yes, killed: wrote more than 64 MiB of output",
        "yes a message that an engine repeats again and again >&2, killed: wrote more than 16 MiB of messages",
        "tr '\\0' x < /dev/zero >&2, killed: wrote more than 16 MiB of messages"
    })
    @DisplayName("is killed when it floods its output, and neither memory nor disk is full by then")
    void flood(String command, String reason) throws Exception {
        assertEquals(Optional.of(reason), run(command, LONG, MUCH).givenUp());
        assertTrue(Files.size(messages()) <= (16 << 20) + 1, "size of the messages");
    }

    @Test
    @DisplayName("is done when it has ended, even if a process that it left behind holds its output open")
    void leftBehind() throws Exception {
        ChildResult result = run("sleep 600 & echo $! >&2; echo answer", LONG, MUCH);
        ProcessHandle.of(Long.parseLong(heard.get(0))).ifPresent(ProcessHandle::destroyForcibly);
        assertTrue(result.successful());
        assertEquals("answer\n", result.output());
    }

    @Test
    @DisplayName("is killed when it takes too long to end after it was asked to")
    void ignoresSignal() throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 600; done").start();
        try (BufferedReader output = process.inputReader()) {
            assertEquals("ready", output.readLine());
            SharedFate.end(process, SHORT);
            assertTrue(process.waitFor() > 128);
        }
    }

    @Test
    @DisplayName("is given the time to end by itself after it was asked to")
    void heedsSignal() throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", "trap 'exit 7' TERM; echo ready; while :; do sleep 0.1; done").start();
        try (BufferedReader output = process.inputReader()) {
            assertEquals("ready", output.readLine());
            SharedFate.end(process, LONG);
            assertEquals(7, process.exitValue());
        }
    }

    @Test
    @DisplayName("that cannot be started is a failure with its reason")
    void noSuchProgram() {
        WatchedProcess process = new WatchedProcess(
                new ProcessBuilder(folder.resolve("missing").toString()),
                new WholeOutput(),
                messages(),
                new ChildLimits(LONG, MUCH),
                heard::add);
        String message = assertThrows(RunFailedException.class, process::run).getMessage();
        assertTrue(message.startsWith("cannot start another process: "), message);
    }

    private ChildResult run(String script, Duration silence, long memory) {
        return new WatchedProcess(
                        new ProcessBuilder("sh", "-c", script),
                        new WholeOutput(),
                        messages(),
                        new ChildLimits(silence, memory),
                        heard::add)
                .run();
    }

    private Path messages() {
        return folder.resolve("messages.txt");
    }

    /** A process that was killed may still be known for a while, until its parent has taken note. */
    private static void requireEnded(long pid) throws Exception {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(1, TimeUnit.MINUTES);
            assertFalse(process.get().isAlive());
        }
    }
}
