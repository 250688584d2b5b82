package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a folder of a parent and one jar, which is right before each test. */
@DisplayName("The check of Maven Central's rules")
final class CentralRulesTest {
    private static final String PARENT = "org/example/parent/1.0/parent-1.0.pom";
    private static final String ARTIFACT = "org/example/part/1.0/part-1.0";

    @TempDir
    private Path folder;

    @BeforeEach
    void deploy() throws Exception {
        write(PARENT, """
                <project>
                  <groupId>org.example</groupId>
                  <artifactId>parent</artifactId>
                  <version>1.0</version>
                  <packaging>pom</packaging>
                  <name>Parent</name>
                  <description>What parts share.</description>
                  <url>https://example.org</url>
                  <licenses><license><name>Apache-2.0</name><url>https://example.org/license</url></license></licenses>
                  <developers><developer><name>Somebody</name></developer></developers>
                  <scm>
                    <connection>scm:git:https://example.org/parts.git</connection>
                    <developerConnection>scm:git:ssh://example.org/parts.git</developerConnection>
                    <url>https://example.org/parts</url>
                  </scm>
                  <properties><other.version>2.0</other.version></properties>
                </project>
                """);
        write(ARTIFACT + ".pom", """
                <project>
                  <parent><groupId>org.example</groupId><artifactId>parent</artifactId><version>1.0</version></parent>
                  <artifactId>part</artifactId>
                  <name>Part</name>
                  <description>One of the parts.</description>
                  <dependencies>
                    <dependency>
                      <groupId>org.example.other</groupId>
                      <artifactId>other</artifactId>
                      <version>${other.version}</version>
                    </dependency>
                  </dependencies>
                </project>
                """);
        for (String kind : List.of("", "-sources", "-javadoc")) {
            writeJar(ARTIFACT + kind + ".jar", "something.txt");
        }
    }

    @Test
    @DisplayName("finds nothing wrong where nothing is")
    void right() throws IOException {
        assertEquals(List.of(), CentralRules.problems(folder, false));
        Files.writeString(folder.resolve("org/example/parent/maven-metadata.xml"), "<metadata/>");
        assertEquals(List.of(), CentralRules.problems(folder, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <name>Part</name>                              |                                       | found nothing in name, expected a value
            <description>One of the parts.</description>   |                                       | found nothing in description, expected a value
            <version>${other.version}</version>            | <version>3-SNAPSHOT</version>         | found org.example.other:other:3-SNAPSHOT, expected a release
            <dependencies>                                 | <properties><other.version>3-SNAPSHOT</other.version></properties><dependencies> | found org.example.other:other:3-SNAPSHOT, expected a release
            <version>${other.version}</version>            | <version>2</version><scope>system</scope> | found org.example.other:other in the scope system, expected a dependency that others can resolve
            <dependencies>                                 | <repositories><repository><url>https://example.org</url></repository></repositories><dependencies> | found the repository https://example.org, expected Maven Central alone
            <artifactId>parent</artifactId>                | <artifactId>missing</artifactId>      | found the parent org.example:missing:1.0, expected one that is deployed with it
            """)
    @DisplayName("reads each pom")
    void pom(String before, String after, String expected) throws Exception {
        change(ARTIFACT + ".pom", before, after);
        assertEquals(
                ARTIFACT + ".pom: " + expected,
                CentralRules.problems(folder, false).stream()
                        .filter(problem -> problem.endsWith(expected))
                        .findFirst()
                        .orElseGet(this::all));
    }

    private String all() {
        try {
            return "none of " + CentralRules.problems(folder, false);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <url>https://example.org</url>                                      | url
            <name>Apache-2.0</name>                                             | licenses/license/name
            <url>https://example.org/license</url>                              | licenses/license/url
            <developer><name>Somebody</name></developer>                        | developers/developer/name
            <connection>scm:git:https://example.org/parts.git</connection>      | scm/connection
            <developerConnection>scm:git:ssh://example.org/parts.git</developerConnection> | scm/developerConnection
            <url>https://example.org/parts</url>                                | scm/url
            """)
    @DisplayName("misses what neither a pom nor its parent has, in both of them")
    void inherited(String element, String name) throws Exception {
        change(PARENT, element, "");
        assertEquals(
                List.of(
                        PARENT + ": found nothing in " + name + ", expected a value",
                        ARTIFACT + ".pom: found nothing in " + name + ", expected a value"),
                CentralRules.problems(folder, false));
    }

    @Test
    @DisplayName("refuses a version that is no release, and a pom in another artifact's place")
    void versions() throws Exception {
        change(PARENT, "<version>1.0</version>", "<version>${revision}</version>");
        List<String> problems = CentralRules.problems(folder, false);
        assertEquals(PARENT + ": found the version ${revision}, expected a release", problems.get(0));
        assertEquals(
                PARENT + ": found this place, expected org/example/parent/${revision}/parent-${revision}.pom",
                problems.get(1));
    }

    @Test
    @DisplayName("misses sources and documentation of a jar, also where there is nothing in them")
    void jars() throws Exception {
        for (String suffix : List.of("", ".md5", ".sha1")) {
            Files.delete(folder.resolve(ARTIFACT + "-sources.jar" + suffix));
        }
        writeJar(ARTIFACT + "-javadoc.jar");
        assertEquals(
                List.of(
                        ARTIFACT + "-sources.jar: found nothing, expected a jar",
                        ARTIFACT + "-javadoc.jar: found no file in it, expected at least one"),
                CentralRules.problems(folder, false));
    }

    @Test
    @DisplayName("compares every checksum with the file, and misses those that are not there")
    void checksums() throws Exception {
        String right = Files.readString(folder.resolve(ARTIFACT + ".jar.sha1"));
        Files.writeString(folder.resolve(ARTIFACT + ".jar.sha1"), "0123");
        assertEquals(
                List.of(ARTIFACT + ".jar.sha1: found 0123, expected " + right), CentralRules.problems(folder, false));
        Files.delete(folder.resolve(ARTIFACT + ".jar.sha1"));
        assertEquals(
                List.of(ARTIFACT + ".jar.sha1: found nothing, expected " + right),
                CentralRules.problems(folder, false));
    }

    @Test
    @DisplayName("misses the signature of any file of a signed release, and knows one when it sees it")
    void signatures() throws Exception {
        List<String> files = List.of(
                PARENT, ARTIFACT + "-javadoc.jar", ARTIFACT + "-sources.jar", ARTIFACT + ".jar", ARTIFACT + ".pom");
        assertEquals(
                files.stream()
                        .map(file -> file + ".asc: found nothing, expected a signature")
                        .toList(),
                CentralRules.problems(folder, true));
        for (String file : files) {
            Files.writeString(folder.resolve(file + ".asc"), "-----BEGIN PGP SIGNATURE-----\n");
        }
        assertEquals(List.of(), CentralRules.problems(folder, true));
        Files.writeString(folder.resolve(PARENT + ".asc"), "signed: me");
        assertEquals(
                List.of(PARENT + ".asc: found another text, expected a signature of PGP"),
                CentralRules.problems(folder, false));
    }

    @Test
    @DisplayName("finds no artifact in a folder without one")
    void empty() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertEquals(List.of(": found no pom, expected at least one artifact"), CentralRules.problems(empty, false));
    }

    private void change(String file, String before, String after) throws Exception {
        String text = Files.readString(folder.resolve(file));
        assertEquals(2, text.split(java.util.regex.Pattern.quote(before), -1).length, before);
        write(file, text.replace(before, after == null ? "" : after));
    }

    private void write(String file, String text) throws IOException, GeneralSecurityException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private void writeJar(String file, String... names) throws Exception {
        Path jar = folder.resolve("made.jar");
        try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(jar), new Manifest())) {
            for (String name : names) {
                output.putNextEntry(new JarEntry(name));
            }
        }
        write(file, Files.readAllBytes(jar));
        Files.delete(jar);
    }

    private void write(String file, byte[] content) throws IOException, GeneralSecurityException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
        Files.writeString(folder.resolve(file + ".md5"), checksum("MD5", content));
        Files.writeString(folder.resolve(file + ".sha1"), checksum("SHA-1", content));
    }

    private static String checksum(String algorithm, byte[] content) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    }
}
