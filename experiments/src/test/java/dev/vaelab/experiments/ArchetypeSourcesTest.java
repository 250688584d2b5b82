package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the documentation are the source of the archetypes; with {@code -Dvaelab.archetypes=write}, they are written. */
@DisplayName("The archetypes")
final class ArchetypeSourcesTest {
    private static final Pattern JAVA =
            Pattern.compile("```java\n(package (\\w+);.*?class (\\w+).*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    @DisplayName("have the finished engine of docs/add-an-engine.md")
    void engine() throws Exception {
        EngineGuide guide = EngineGuide.read();
        guide.fillIn(guide.begin(folder));
        Path project = folder.resolve("parallel-engine");
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(project)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(project.relativize(file).toString(), Files.readString(file));
            }
        }
        requireSame("engine", new Names("com.example.parallel", "engine", "parallel"), files);
    }

    @Test
    @DisplayName("have the loss of docs/add-a-part.md")
    void loss() throws Exception {
        Map<String, String> files = GuidePage.read("add-a-part.md")
                .below("## 2. A loss and its test")
                .files();
        requireSame("loss", new Names("com.example.capacity", "loss", "capacity"), files);
    }

    @Test
    @DisplayName("have the data set of docs/datasets.md, in a project like that of a loss")
    void dataset() throws Exception {
        Map<String, String> files = new TreeMap<>();
        files.put("pom.xml", GuidePage.read("add-a-part.md").files().get("pom.xml"));
        files.put(
                "src/main/resources/META-INF/services/dev.vaelab.api.dataset.DatasetProvider",
                "example.StripesProvider\n");
        for (MatchResult listing :
                JAVA.matcher(GuidePage.read("datasets.md").text()).results().toList()) {
            String root = listing.group(3).endsWith("Test") ? "src/test/java/" : "src/main/java/";
            files.put(root + listing.group(2) + "/" + listing.group(3) + ".java", listing.group(1));
        }
        requireSame("dataset", new Names("example", "dataset", "stripes"), files);
    }

    /**
     * The names of the page's example, in whose place the archetype has those that its user chooses.
     *
     * @param packageName of its classes
     * @param property what the archetype calls the name
     * @param name by which experiment files choose it; the names of classes begin with it, in a capital
     */
    private record Names(String packageName, String property, String name) {
        String path(String path) {
            return path.replace(packageName.replace('.', '/') + "/", "").replace(className(), "__className__");
        }

        /** Names in words of comments are not meant: what is replaced stands in quotes, in code or in a class name. */
        String java(String text) {
            return text.replace(packageName, "${package}")
                    .replace("\"" + name + "\"", "\"${" + property + "}\"")
                    .replace("{@code " + name + "}", "{@code ${" + property + "}}")
                    .replaceAll("\\b" + className() + "(?=[A-Z\\W])", "\\${className}");
        }

        String pom(String text) {
            return text.replaceFirst("<groupId>com.example</groupId>", "<groupId>\\${groupId}</groupId>")
                    .replaceFirst("<artifactId>[^<]*</artifactId>", "<artifactId>\\${artifactId}</artifactId>")
                    .replaceFirst("<version>1.0</version>", "<version>\\${version}</version>")
                    .replaceFirst("<vaelab.version>[^<]*<", "<vaelab.version>@project.version@<");
        }

        private String className() {
            return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        }
    }

    private static void requireSame(String archetype, Names names, Map<String, String> files) throws IOException {
        Path resources = GuidePage.PROJECT.resolve(
                "archetypes/vae-archetype-" + archetype + "/src/main/resources/archetype-resources");
        assertTrue(files.size() >= 4, files.keySet()::toString);
        Map<String, String> expected = new TreeMap<>();
        files.forEach((path, text) ->
                expected.put(names.path(path), path.equals("pom.xml") ? names.pom(text) : names.java(text)));
        if ("write".equals(System.getProperty("vaelab.archetypes"))) {
            for (Map.Entry<String, String> file : expected.entrySet()) {
                Path path = resources.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        }
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(resources)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                found.put(resources.relativize(file).toString(), Files.readString(file));
            }
        }
        found.remove("README.md");
        String advice = "the page is the source, and docs/release.md has the command that writes the archetype anew";
        assertEquals(expected.keySet(), found.keySet(), advice);
        expected.forEach((path, text) -> assertEquals(text, found.get(path), path + ": " + advice));
    }
}
