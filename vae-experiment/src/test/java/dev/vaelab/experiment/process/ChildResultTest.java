package dev.vaelab.experiment.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The result of a child")
final class ChildResultTest {
    @Test
    @DisplayName("is a success only if it ended by itself with exit code 0")
    void success() {
        assertTrue(ended(0, "").successful());
        assertFalse(ended(1, "").successful());
        assertFalse(killed(0, "silent").successful());
    }

    @Test
    @DisplayName("tells a failure in the child's own words")
    void words() {
        assertEquals(
                "ended with exit code 1: the loss became NaN",
                ended(1, "error: the loss became NaN").failure());
        assertEquals("ended with exit code 3", ended(3, "").failure());
    }

    @Test
    @DisplayName("tells an end in the midst of the work, with exit code 0 or by a signal")
    void midst() {
        assertEquals(
                "ended with exit code 0 before it was done: the backend, or a library of it, ended the process",
                ended(0, "").failure());
        assertEquals(
                "killed from outside, as the system does when it is out of memory: epoch 1/2",
                ended(137, "epoch 1/2").failure());
        assertEquals("ended by signal 11", ended(139, "").failure());
    }

    @Test
    @DisplayName("tells first why it was killed, then what its Java machine reported, then how it ended")
    void order() {
        assertEquals(
                "silent",
                killed(137, "silent").withCrash(Optional.of("crashed")).failure());
        assertEquals("crashed", ended(134, "").withCrash(Optional.of("crashed")).failure());
    }

    @Test
    @DisplayName("finds the answer behind what libraries wrote before it")
    void answer() {
        ChildResult result = new ChildResult(0, "loaded\n{\"a\":1}\n\n", "", Optional.empty(), Optional.empty());
        assertEquals(Optional.of("{\"a\":1}"), result.answer());
        assertEquals(Optional.empty(), ended(0, "").answer());
    }

    private static ChildResult ended(int exitCode, String lastError) {
        return new ChildResult(exitCode, "", lastError, Optional.empty(), Optional.empty());
    }

    private static ChildResult killed(int exitCode, String reason) {
        return new ChildResult(exitCode, "", "", Optional.of(reason), Optional.empty());
    }
}
