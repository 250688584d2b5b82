package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What docs/add-an-engine.md tells its reader of the contract. */
final class EngineGuide {
    /** An indented line that begins with the engine's name, and those further in that go on with it. */
    private static final Pattern OUTPUT = Pattern.compile("^    (parallel: .*(?:\n     +.*)*)", Pattern.MULTILINE);

    private static final Pattern SECTION = Pattern.compile("^### (.*)$", Pattern.MULTILINE);

    private static final String NAME_OF_PROJECT = "parallel-engine";

    private static final String ENGINE = "src/main/java/com/example/parallel/ParallelEngine.java";

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

    /** The project of the page's second chapter: an engine that computes nothing. */
    GuideProject begin(Path folder) throws IOException, InterruptedException {
        return GuideProject.begin(page.below("## 2. An empty engine"), folder, NAME_OF_PROJECT);
    }

    /** The steps of the page's third chapter, by their titles: each fills in the part of the engine that is titled likewise. */
    List<String> steps() {
        return SECTION.matcher(page.below("## 3. Fill it in").text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Does what a step says. */
    void fillIn(GuideProject project, String step) throws IOException {
        GuidePage told = page.below("### " + step);
        project.write(told);
        told.replaceIn(project);
        Matcher part = Pattern.compile("^```java\n(    // " + step + "\n.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(told.text());
        assertTrue(part.find(), () -> "no part " + step);
        Path file = project.file(ENGINE);
        String engine = Files.readString(file);
        int start = engine.indexOf("    // " + step + "\n");
        assertTrue(start >= 0, () -> "no comment " + step + " in\n" + engine);
        int next = engine.indexOf("\n    // ", start);
        String rest = next < 0 ? engine.substring(engine.lastIndexOf('}')) : engine.substring(next);
        Files.writeString(file, engine.substring(0, start) + part.group(1) + rest);
    }

    /** Does what all steps say. */
    void fillIn(GuideProject project) throws IOException {
        for (String step : steps()) {
            fillIn(project, step);
        }
    }

    /** The tests that a step names at its end, as those that pass from then on. */
    List<String> passingAfter(String step) {
        String told = page.below("### " + step).text();
        String end = told.substring(told.lastIndexOf("```\n") + "```\n".length());
        return NAME.matcher(end.substring(0, end.indexOf(" pass")))
                .results()
                .map(match -> match.group(1))
                .toList();
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
