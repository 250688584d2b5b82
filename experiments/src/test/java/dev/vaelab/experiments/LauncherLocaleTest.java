package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With programs that print what they find in the places of Java and of {@code locale}. */
@DisplayName("The launcher starts Java")
final class LauncherLocaleTest {
    private static final String JAVA = "#!/bin/sh\nprintf '%s/%s' \"${LC_ALL-}\" \"${LANG-}\"\n";

    /** Knows two locales with UTF-8, or one, or none, and Latin-1. */
    private static final String LOCALE = """
            #!/bin/sh
            name=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
            case $name in
              en_US.ISO-8859-1) echo ISO-8859-1 ;;
              C.UTF-8 | en_US.UTF-8)
                case " $KNOWN " in
                  *" $name "*) echo UTF-8 ;;
                  *) echo ANSI_X3.4-1968 ;;
                esac ;;
              *) echo ANSI_X3.4-1968 ;;
            esac
            """;

    @TempDir
    private Path folder;

    private Path launcher;

    @BeforeEach
    void build() throws IOException {
        launcher = folder.resolve("distribution/bin/vae");
        write(launcher, Files.readString(Path.of("../vae-cli/src/assembly/bin/vae")));
        write(folder.resolve("java/bin/java"), JAVA);
        write(folder.resolve("locale/locale"), LOCALE);
        Files.createDirectories(folder.resolve("distribution/lib"));
    }

    @ParameterizedTest
    @CsvSource({
        "C, '', C.UTF-8, C.UTF-8/",
        "POSIX, '', C.UTF-8, C.UTF-8/",
        "'', '', C.UTF-8 en_US.UTF-8, C.UTF-8/",
        "'', C, en_US.UTF-8, en_US.UTF-8/C",
        "'', fr_FR.UTF-8, C.UTF-8, C.UTF-8/fr_FR.UTF-8",
        "C, '', '', C/",
        "C.UTF-8, '', C.UTF-8, C.UTF-8/",
        "'', en_US.UTF-8, C.UTF-8 en_US.UTF-8, /en_US.UTF-8",
        "'', en_US.ISO-8859-1, C.UTF-8, /en_US.ISO-8859-1"
    })
    @DisplayName("in a locale with UTF-8 if that of the caller has ASCII only and there is one, else in the caller's")
    void locale(String all, String lang, String known, String expected) throws Exception {
        assertEquals(
                expected,
                start(Map.of("LC_ALL", all, "LANG", lang, "KNOWN", known), folder.resolve("locale") + ":$PATH"));
    }

    @ParameterizedTest
    @CsvSource({"C, C.UTF-8/", "'', C.UTF-8/", "C.UTF-8, C.UTF-8/"})
    @DisplayName("in C.UTF-8 instead of C where nothing tells which locales there are")
    void nothingTells(String all, String expected) throws Exception {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String program : new String[] {"bash", "dirname", "readlink", "getconf", "grep", "env", "nproc"}) {
            Path usual = Path.of("/usr/bin", program);
            assumeTrue(Files.isExecutable(usual), program + " is elsewhere");
            // Scripts and not links, which would be removed with a warning.
            write(programs.resolve(program), "#!/bin/sh\nexec " + usual + " \"$@\"\n");
        }
        assertEquals(expected, start(Map.of("LC_ALL", all, "LANG", ""), programs.toString()));
    }

    @Test
    @DisplayName("in a locale with UTF-8, and Maven before it, from the project as well")
    void project() throws Exception {
        write(folder.resolve("vae"), Files.readString(Path.of("../vae")));
        write(folder.resolve("programs/mvn"), "#!/bin/sh\necho \"locale of Maven: ${LC_ALL-}\" >&2; exit 3\n");
        Files.createFile(folder.resolve("pom.xml"));
        Files.createDirectories(folder.resolve("vae-cli/src/main"));
        Files.createDirectories(folder.resolve("vae-cli/src/assembly"));
        Files.createFile(folder.resolve("vae-cli/pom.xml"));
        ProcessBuilder builder = new ProcessBuilder(
                "sh", "-c", "PATH=" + folder.resolve("programs") + ":$PATH; export PATH; exec " + folder + "/vae runs");
        builder.environment().put("LC_ALL", "C");
        Outcome outcome = Program.await(builder);
        assertEquals(true, outcome.errors().lines().anyMatch("locale of Maven: C.UTF-8"::equals), outcome.errors());
    }

    private String start(Map<String, String> environment, String programs) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", "PATH=" + programs + "; export PATH; exec " + launcher + " backends");
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        Outcome outcome = Program.await(builder.directory(folder.toFile()));
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome.output();
    }

    private static void write(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
