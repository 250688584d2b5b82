package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.PrintStream;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rule against formats of the machine's locale")
final class DependsOnTheLocaleTest {
    /** Calls that depend on it, and calls that do not. */
    private static final class Sample {
        static void wrong(PrintStream out) {
            out.printf("%d", 1);
            String.format("%d", 1);
            "%d".formatted(1);
            "I".toLowerCase();
            DateTimeFormatter.ofPattern("uuuu");
        }

        static void right(PrintStream out) {
            out.printf(Locale.ROOT, "%d", 1);
            String.format(Locale.ROOT, "%d", 1);
            "I".toLowerCase(Locale.ROOT);
            DateTimeFormatter.ofPattern("uuuu", Locale.ROOT);
        }
    }

    @Test
    @DisplayName("sees every such call, and no other")
    void sees() {
        Set<String> seen = new ClassFileImporter()
                .importClasses(Sample.class).get(Sample.class).getMethodCallsFromSelf().stream()
                        .filter(DependsOnTheLocale.INSTANCE::test)
                        .map(call -> call.getOrigin().getName() + " " + call.getName())
                        .collect(Collectors.toSet());
        assertEquals(
                Set.of("wrong printf", "wrong format", "wrong formatted", "wrong toLowerCase", "wrong ofPattern"),
                seen);
    }
}
