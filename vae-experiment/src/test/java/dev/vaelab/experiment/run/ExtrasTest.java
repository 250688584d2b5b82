package dev.vaelab.experiment.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.RunFailedException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An extra that cannot be made")
final class ExtrasTest {
    private final ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    private final Extras extras = Extras.warningOn(new PrintStream(warnings, true, StandardCharsets.UTF_8));

    @Test
    @DisplayName("is one warning for its kind, however often it is tried, and is made when it can be made again")
    void oneWarning() {
        for (int attempt = 0; attempt < 3; attempt++) {
            assertFalse(extras.attempt("pictures", () -> {
                throw new AccessDeniedException("images");
            }));
        }
        assertTrue(extras.attempt("pictures", () -> {}));
        assertFalse(extras.attempt("report", () -> {
            throw new RunFailedException("cannot write report.html: Is a directory", null);
        }));
        assertEquals(
                List.of(
                        "warning: no pictures: no permission",
                        "warning: no report: cannot write report.html: Is a directory"),
                warnings.toString(StandardCharsets.UTF_8).lines().toList());
    }

    @Test
    @DisplayName("for want of memory or of a library is a warning too")
    void errors() {
        assertEquals(Optional.empty(), extras.make("pictures", () -> {
            throw new OutOfMemoryError("Java heap space");
        }));
        assertEquals(Optional.empty(), extras.make("events", () -> {
            throw new NoClassDefFoundError("com/google/protobuf/Message");
        }));
        List<String> lines = warnings.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(2, lines.size());
        assertTrue(
                lines.get(0)
                        .matches(
                                "warning: no pictures: out of memory \\(Java heap space\\): the heap of the JVM may take \\d+"
                                        + " MiB at most, unless VAE_JAVA_OPTIONS says otherwise; VAE_JAVA_OPTIONS=-Xmx\\d+g gives more"),
                lines.get(0));
    }

    @Test
    @DisplayName("is a failure if it is all that was asked for")
    void required() {
        RunFailedException failure = assertThrows(
                RunFailedException.class,
                () -> Extras.required().attempt("pictures", () -> {
                    throw new AccessDeniedException("images");
                }));
        assertEquals("no pictures: no permission", failure.getMessage());
    }
}
