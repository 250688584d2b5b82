package dev.vaelab.experiments;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What docs/add-an-engine.md tells its reader of the contract. */
final class EngineGuide {
    /** An indented line that begins with the engine's name, and those that go on with it. */
    private static final Pattern OUTPUT = Pattern.compile("^    (parallel: .*(?:\n    .*)*)", Pattern.MULTILINE);

    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private final String text;

    private final GuidePage page;

    private EngineGuide(GuidePage page) {
        this.page = page;
        text = page.text();
    }

    static EngineGuide read() throws IOException {
        return new EngineGuide(GuidePage.read("add-an-engine.md"));
    }

    /** The page itself. */
    GuidePage page() {
        return page;
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
