package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The bill of materials")
final class BillOfMaterialsTest {
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");

    private static final Pattern MANAGED = Pattern.compile(
            "<dependency>\\s*<groupId>(.*?)</groupId>\\s*<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>");

    private static final Pattern PROPERTY = Pattern.compile("<([\\w.-]+)>([^<>]*)</\\1>");

    @Test
    @DisplayName("has every jar that is published")
    void complete() throws IOException {
        List<String> published = new ArrayList<>();
        for (MatchResult module : MODULE.matcher(read("pom.xml")).results().toList()) {
            String pom = read(module.group(1) + "/pom.xml");
            if (!pom.contains("<packaging>") && !pom.contains("<maven.deploy.skip>true<")) {
                published.add(module.group(1));
            }
        }
        assertEquals(
                new TreeSet<>(published),
                managed(read("vae-bom/pom.xml")).keySet().stream()
                        .filter(artifact -> artifact.startsWith("dev.vaelab:"))
                        .map(artifact -> artifact.substring("dev.vaelab:".length()))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    @DisplayName("pins libraries to the versions that the build tests engines with")
    void pinned() throws IOException {
        String parent = read("pom.xml");
        Map<String, String> properties = new TreeMap<>();
        PROPERTY.matcher(parent).results().forEach(match -> properties.put(match.group(1), match.group(2)));
        Map<String, String> tested = managed(parent);
        Map<String, String> pins = managed(read("vae-bom/pom.xml"));
        pins.keySet().removeIf(artifact -> artifact.startsWith("dev.vaelab:"));
        assertFalse(pins.isEmpty());
        pins.forEach((artifact, version) -> {
            String found = String.valueOf(tested.get(artifact));
            String plain = found.startsWith("${") ? properties.get(found.substring(2, found.length() - 1)) : found;
            assertEquals(plain, version, artifact);
        });
    }

    private static Map<String, String> managed(String pom) {
        Map<String, String> managed = new TreeMap<>();
        MANAGED.matcher(pom)
                .results()
                .forEach(match -> managed.put(match.group(1) + ":" + match.group(2), match.group(3)));
        return managed;
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of("..", file));
    }
}
