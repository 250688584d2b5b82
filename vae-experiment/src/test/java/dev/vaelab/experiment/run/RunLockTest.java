package dev.vaelab.experiment.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.RunFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In one process; what two do to each other is tested with the whole program. */
@DisplayName("The lock of a run folder")
final class RunLockTest {
    @TempDir
    private Path folder;

    private RunFolder run;

    @BeforeEach
    void makeFolder() throws IOException {
        run = new RunFolder(Files.createDirectory(folder.resolve("run")));
    }

    @Test
    @DisplayName("says who holds it as long as it is held, and nothing afterwards")
    void holder() throws IOException {
        try (RunLock lock = RunLock.acquire(run)) {
            assertEquals(Optional.empty(), lock.killed());
            lock.requireInPlace();
            // Not read here: this process must not open the file.
            assertTrue(Files.size(run.lock()) > 0);
        }
        assertEquals("", Files.readString(run.lock()));
        assertEquals(Optional.empty(), RunLock.holderOf(run));
    }

    @Test
    @DisplayName("is held against other threads of the process too, who can tell by whom, and keeps what it holds")
    void otherThread() throws Exception {
        long self = ProcessHandle.current().pid();
        try (RunLock lock = RunLock.acquire(run)) {
            FutureTask<String> other =
                    new FutureTask<>(() -> assertThrows(InvalidInputException.class, () -> RunLock.acquire(run))
                            .getMessage());
            new Thread(other).start();
            String refusal = other.get();
            assertTrue(
                    refusal.startsWith(run.path() + ": found a run in the hands of this process " + self + " since "),
                    refusal);
            assertEquals(self, RunLock.holderOf(run).orElseThrow().process());
            lock.requireInPlace();
        }
        RunLock.acquire(run).close();
    }

    @Test
    @DisplayName("is taken over from a process that was killed, which is told")
    void killed() throws IOException {
        Files.writeString(run.lock(), "{\"process\":4711,\"since\":\"2026-01-31T12:00:00Z\"}");
        assertEquals(Optional.empty(), RunLock.holderOf(run));
        try (RunLock lock = RunLock.acquire(run)) {
            RunLock.Holder holder = lock.killed().orElseThrow();
            assertEquals(new RunLock.Holder(4711, Instant.parse("2026-01-31T12:00:00Z")), holder);
            assertEquals("process 4711 since 2026-01-31T12:00:00Z", holder.toString());
        }
    }

    @Test
    @DisplayName("does not mind what else the file says")
    void strangeText() throws IOException {
        Files.writeString(run.lock(), "{\"process\":47");
        try (RunLock lock = RunLock.acquire(run)) {
            assertEquals(Optional.empty(), lock.killed());
        }
    }

    @Test
    @DisplayName("notices that its folder was removed, renamed or replaced")
    void folderGone() throws IOException {
        String expected =
                "the run folder " + run.path() + " was removed, renamed or replaced while its training was running";
        try (RunLock lock = RunLock.acquire(run)) {
            Files.move(run.path(), folder.resolve("elsewhere"));
            assertEquals(
                    expected,
                    assertThrows(RunFailedException.class, lock::requireInPlace).getMessage());
            Files.createDirectory(run.path());
            Files.writeString(run.lock(), "");
            assertEquals(
                    expected,
                    assertThrows(RunFailedException.class, lock::requireInPlace).getMessage());
        }
    }

    @Test
    @DisplayName("cannot be taken in a folder that is not there")
    void noFolder() {
        RunFailedException failure =
                assertThrows(RunFailedException.class, () -> RunLock.acquire(new RunFolder(folder.resolve("nowhere"))));
        assertEquals(
                "cannot lock the run folder " + folder.resolve("nowhere") + ": no such file", failure.getMessage());
    }
}
