package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What docs/add-an-engine.md tells its reader to write, copy and replace. */
final class EngineGuide {
    static final Path PROJECT = Path.of("..");

    private static final Path PAGE = PROJECT.resolve("docs/add-an-engine.md");

    /** A file's name on a line of its own, and then what is in it. */
    private static final Pattern FILE = Pattern.compile("^`([^`\n]+)`\n\n```\\w+\n(.*?)^```", multiline());

    private static final Pattern REPLACEMENT = Pattern.compile(
            "in\\s+`([^`\n]+)`,\\s+replace[^#]*?```java\n(.*?)^```\\s+by\\s+```java\n(.*?)^```",
            multiline() | Pattern.CASE_INSENSITIVE);

    private static final Pattern COMMANDS = Pattern.compile("^```sh\n(.*?)^```", multiline());

    /** An indented line that begins with the engine's name, and those that go on with it. */
    private static final Pattern OUTPUT = Pattern.compile("^    (parallel: .*(?:\n    .*)*)", Pattern.MULTILINE);

    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private final String text;

    private EngineGuide(String text) {
        this.text = text;
    }

    static EngineGuide read() throws IOException {
        return new EngineGuide(Files.readString(PAGE));
    }

    private static int multiline() {
        return Pattern.MULTILINE | Pattern.DOTALL;
    }

    /** The files that the reader writes, by their path in the reader's project. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        Matcher matcher = FILE.matcher(text);
        while (matcher.find()) {
            files.put(matcher.group(1), matcher.group(2));
        }
        return files;
    }

    /** Makes the replacements that the reader makes, each of which has one place. */
    void replaceIn(EngineProject project) throws IOException {
        List<MatchResult> replacements = REPLACEMENT.matcher(text).results().toList();
        assertEquals(2, replacements.size(), "replacements on the page");
        for (MatchResult replacement : replacements) {
            replaceOnce(project.file(replacement.group(1)), replacement.group(2), replacement.group(3));
        }
    }

    /** Replaces a text that stands in a file once. */
    static void replaceOnce(Path file, String before, String after) throws IOException {
        String content = Files.readString(file);
        int place = content.indexOf(before);
        assertTrue(place >= 0, () -> file + " has no\n" + before);
        assertEquals(place, content.lastIndexOf(before), () -> file + " has more than one\n" + before);
        Files.writeString(file, content.replace(before, after));
    }

    /** The shell commands that have a text among them. */
    String commandsWith(String part) {
        return COMMANDS.matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(commands -> commands.contains(part))
                .findFirst()
                .orElseThrow();
    }

    /** What the page says that the contract prints: each message on one line. */
    List<String> quotedMessages() {
        return OUTPUT.matcher(text)
                .results()
                .map(match -> match.group(1).replaceAll("\n +", " "))
                .toList();
    }

    /** The groups of tests that the page's table of failures knows. */
    Set<String> failureGroups() {
        return failureRows().stream().map(Failure::group).collect(Collectors.toSet());
    }

    /** The tests that the page's table of failures names, each with its group before it. */
    List<String> failureTests() {
        return failureRows().stream()
                .flatMap(row -> NAME.matcher(row.what()).results().map(name -> row.group() + ": " + name.group(1)))
                .toList();
    }

    /** A row of the table of failures. */
    private record Failure(String group, String what) {}

    private List<Failure> failureRows() {
        String table = text.substring(text.indexOf("| group | what fails"));
        table = table.substring(0, table.indexOf("\n\n"));
        List<Failure> rows = new ArrayList<>();
        String group = "";
        for (String line : table.lines().skip(2).toList()) {
            String[] cells = line.split("\\|");
            group = cells[1].isBlank() ? group : cells[1].strip();
            rows.add(new Failure(group, cells[2]));
        }
        return rows;
    }
}
