package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation that tells its reader what to write and to do.
 *
 * @param text what it says
 */
record GuidePage(String text) {
    static final Path PROJECT = Path.of("..");

    /** A file's name on a line of its own, and then what is in it. */
    private static final Pattern FILE = Pattern.compile("^`([^`\n]+)`\n\n```\\w+\n(.*?)^```", multiline());

    private static final Pattern REPLACEMENT = Pattern.compile(
            "in\\s+`([^`\n]+)`,\\s+replace[^#]*?```java\n(.*?)^```\\s+by\\s+```java\n(.*?)^```",
            multiline() | Pattern.CASE_INSENSITIVE);

    private static final Pattern COMMANDS = Pattern.compile("^```sh\n(.*?)^```", multiline());

    private static final Pattern VERSION = Pattern.compile("<revision>(.*?)</revision>");

    private static final Pattern PLUGIN =
            Pattern.compile("<artifactId>(maven-\\w+-plugin)</artifactId>\\s*<version>.*?</version>");

    /** Reads a page of the folder {@code docs}. */
    static GuidePage read(String name) throws IOException {
        return new GuidePage(Files.readString(PROJECT.resolve("docs").resolve(name)));
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

    /** The part below a heading, up to the next one of its level or above it. */
    GuidePage below(String heading) {
        int start = text.indexOf("\n" + heading + "\n");
        assertTrue(start >= 0, () -> "no heading " + heading);
        String rest = text.substring(start + heading.length() + 2);
        int level = heading.indexOf(' ');
        Matcher next = Pattern.compile("^#{2," + level + "} ", multiline()).matcher(rest);
        return new GuidePage(next.find() ? rest.substring(0, next.start()) : rest);
    }

    /** Makes the replacements that the reader makes, each of which has one place. */
    void replaceIn(GuideProject project) throws IOException {
        for (MatchResult replacement : REPLACEMENT.matcher(text).results().toList()) {
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

    /** The commands of the program that the page tells, each on one line, without the program's name. */
    List<String> commandsOfProgram() {
        return COMMANDS.matcher(text)
                .results()
                .flatMap(match -> match.group(1).replaceAll("\\\\\n\\s*", "").lines())
                .filter(line -> line.startsWith("./vae "))
                .map(line -> line.substring("./vae ".length()))
                .toList();
    }

    /** Requires the page's Maven project to ask for this version, and for the plug-ins that build this project. */
    void requireVersions() throws IOException {
        String parent = Files.readString(PROJECT.resolve("pom.xml"));
        String page = files().get("pom.xml");
        Matcher version = VERSION.matcher(parent);
        assertTrue(version.find());
        assertTrue(page.contains("<vaelab.version>" + version.group(1) + "</vaelab.version>"));
        long plugins = Pattern.compile("<plugin>").matcher(page).results().count();
        assertTrue(plugins > 0);
        assertEquals(plugins, PLUGIN.matcher(page).results().count());
        PLUGIN.matcher(page)
                .results()
                .map(match -> match.group().replaceAll("\\s", ""))
                .forEach(pinned -> assertTrue(parent.replaceAll("\\s", "").contains(pinned), pinned));
    }
}
