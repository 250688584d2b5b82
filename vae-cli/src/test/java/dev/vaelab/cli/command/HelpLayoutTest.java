package dev.vaelab.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

@DisplayName("The help of every command")
final class HelpLayoutTest {
    private static final int WIDE = 80;
    private static final int NARROW = 40;

    @ParameterizedTest
    @MethodSource("commands")
    @DisplayName("has a synopsis that a person can read: balanced brackets, and no list twice over")
    void synopsis(String command) {
        String synopsis = synopsisOf(help(command, WIDE));
        assertFalse(synopsis.contains("...."), synopsis);
        assertFalse(synopsis.matches("(?s).*\\[,[^]]*\\.\\.\\..*"), synopsis);
        assertFalse(synopsis.matches("(?s).*(--\\w+=\\S+) \\[\\1]\\.\\.\\..*"), synopsis);
        assertEquals(count(synopsis, '['), count(synopsis, ']'), synopsis);
        assertEquals(count(synopsis, '('), count(synopsis, ')'), synopsis);
    }

    @ParameterizedTest
    @MethodSource("commands")
    @DisplayName("fits a terminal of 80 columns, and one of 40")
    void fits(String command) {
        for (int columns : new int[] {NARROW, WIDE}) {
            String help = help(command, columns);
            help.lines().forEach(line -> assertTrue(line.length() <= columns, line));
            assertFalse(help.replace("80 %", "").contains("%"), help);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    @DisplayName("breaks no option of its synopsis, and says in 40 columns what it says in 80")
    void sameWords(String command) {
        assertEquals(words(help(command, WIDE)), words(help(command, NARROW)));
        synopsisOf(help(command, NARROW))
                .lines()
                .forEach(line -> assertEquals(count(line, '['), count(line, ']'), line));
    }

    @Test
    @DisplayName("shows a list of engines once")
    void listsOfEngines() {
        assertTrue(words(help("compare", WIDE)).contains(" | (CONFIG --backends=A,B,...))"), help("compare", WIDE));
        assertTrue(help("explore", WIDE).contains(" [--backends=A,B,...]"), help("explore", WIDE));
        assertTrue(words(help("parity", WIDE)).contains(" --backends=A,B,... [--set"), help("parity", WIDE));
    }

    private static Stream<String> commands() {
        return Stream.concat(Stream.of(""), program(WIDE).getSubcommands().keySet().stream());
    }

    private static String help(String command, int columns) {
        CommandLine program = program(columns);
        CommandLine asked =
                command.isEmpty() ? program : program.getSubcommands().get(command);
        return asked.getUsageMessage();
    }

    private static CommandLine program(int columns) {
        CommandLine program = new CommandLine(new VaeCommand());
        HelpLayout.apply(program, columns);
        return program;
    }

    /** Synopsis and what follows it up to the first line that is not indented. */
    private static String synopsisOf(String help) {
        StringBuilder synopsis = new StringBuilder();
        for (String line : help.lines().toList()) {
            if (!synopsis.isEmpty() && !line.startsWith("  ")) {
                break;
            }
            synopsis.append(line).append('\n');
        }
        return synopsis.toString();
    }

    private static String words(String help) {
        return help.replaceAll("\\s+", " ");
    }

    private static long count(String text, char sign) {
        return text.chars().filter(found -> found == sign).count();
    }
}
