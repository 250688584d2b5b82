package dev.vaelab.experiment.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.RunFailedException;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A conversation with a child")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ConversationTest {
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** Answers in its own words, among those of a library that leaves a line without an end. */
    private static final String ECHO =
            "while read question; do printf 'loaded'; printf '\\nanswer: %s!\\n' \"$question\"; done; exit 3";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("has an answer for each question, whatever else the child writes, and ends when there are no more")
    void answers() {
        Conversation conversation = converse(ECHO, LONG, LONG);
        assertEquals(Optional.of("one!"), conversation.ask("one"));
        assertEquals(Optional.of("two!"), conversation.ask("two"));
        conversation.close();
        assertEquals(3, conversation.result().exitCode());
    }

    @Test
    @DisplayName("has no more answers from a child that has ended, and knows how it did")
    void death() {
        String script = "read question; echo answer: one; read question; echo no more ideas >&2; exit 5";
        try (Conversation conversation = converse(script, LONG, LONG)) {
            assertEquals(Optional.of("one"), conversation.ask("one"));
            assertEquals(Optional.empty(), conversation.ask("two"));
            assertEquals(Optional.empty(), conversation.ask("three"));
            assertEquals(
                    "ended with exit code 5: no more ideas",
                    conversation.result().failure());
        }
    }

    @Test
    @DisplayName("gives a child up that shows no sign of life when it is asked")
    void silence() {
        try (Conversation conversation = converse("read question; sleep 600", SHORT, LONG)) {
            assertEquals(Optional.empty(), conversation.ask("one"));
            assertEquals(
                    "killed: no sign of life for 0.3s", conversation.result().failure());
        }
    }

    @Test
    @DisplayName("lets a child be silent that is not asked, while another one has its turn")
    void rest() {
        String slow = "while read question; do sleep 1; echo answer: done; done";
        try (Conversation resting = converse(ECHO, SHORT, LONG);
                Conversation working = converse(slow, LONG, LONG)) {
            assertEquals(Optional.of("one!"), resting.ask("one"));
            assertEquals(Optional.of("done"), working.ask("two"));
            assertEquals(Optional.of("three!"), resting.ask("three"));
        }
    }

    @Test
    @DisplayName("kills a child that does not end when there are no more questions")
    void stubborn() {
        String script = "trap '' TERM; read question; echo answer: one; while :; do sleep 600; done";
        Conversation conversation = converse(script, LONG, SHORT);
        assertEquals(Optional.of("one"), conversation.ask("one"));
        conversation.close();
        assertTrue(conversation.result().exitCode() > 128);
    }

    @Test
    @DisplayName("with a program that cannot be started is a failure with its reason")
    void noSuchProgram() {
        try (Conversation conversation =
                converse(new ProcessBuilder(folder.resolve("missing").toString()), LONG, LONG)) {
            assertEquals(Optional.empty(), conversation.ask("one"));
            String message =
                    assertThrows(RunFailedException.class, conversation::result).getMessage();
            assertTrue(message.startsWith("cannot start another process: "), message);
        }
    }

    @Test
    @DisplayName("is answered by the child line by line, and marked as an answer at the beginning of a line")
    void childsSide() {
        StringWriter output = new StringWriter();
        Questions.answerAll(
                new ByteArrayInputStream("one\ntwo\n".getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(output),
                question -> question.toUpperCase(Locale.ROOT));
        assertEquals("\nanswer: ONE\n\nanswer: TWO\n", output.toString());
    }

    private Conversation converse(String script, Duration silence, Duration patience) {
        return converse(new ProcessBuilder("sh", "-c", script), silence, patience);
    }

    private Conversation converse(ProcessBuilder builder, Duration silence, Duration patience) {
        ChildLimits limits = new ChildLimits(silence, Long.MAX_VALUE, patience);
        return Conversation.begin(
                patience,
                exchange -> new WatchedProcess(builder, exchange, folder.resolve("messages.txt"), limits, line -> {})
                        .run());
    }
}
