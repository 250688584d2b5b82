package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a {@code java} that prints what it is given, OpenBLAS' kind of processor first, in the place of Java. */
@DisplayName("The launcher")
final class LauncherTest {
    private static final String ECHO = "#!/bin/sh\nprintf '%s\\n' \"${OPENBLAS_CORETYPE-}\" \"$@\"\n";

    @TempDir
    private Path project;

    private Path distribution;

    @BeforeEach
    void build() throws IOException {
        project = project.toRealPath();
        distribution = project.resolve("vae-cli/target/vaelab");
        copyProgram(Path.of("../vae"), project.resolve("vae"));
        Files.createDirectories(project.resolve("vae-cli/src/main"));
        Files.createFile(project.resolve("pom.xml"));
        Files.createFile(project.resolve("vae-cli/pom.xml"));
        copyProgram(Path.of("../vae-cli/src/assembly/bin/vae"), project.resolve("vae-cli/src/assembly/bin/vae"));
        copyProgram(Path.of("../vae-cli/src/assembly/bin/vae"), distribution.resolve("bin/vae"));
        writeProgram(project.resolve("java/bin/java"), ECHO);
        // Made last, and so newer than all sources: there is nothing to build.
        Files.createDirectories(distribution.resolve("lib"));
    }

    @Test
    @DisplayName("puts the program on the class path, and nothing else; where engines are it tells by a property")
    void classPath() throws Exception {
        Outcome outcome = start("backends");
        List<String> arguments = arguments(outcome);
        assertEquals(distribution + "/lib/*", arguments.get(arguments.indexOf("-cp") + 1));
        assertTrue(arguments.contains("-Dvaelab.engines=" + distribution + "/engines"), arguments::toString);
        assertEquals("", plugins(outcome));
    }

    @Test
    @DisplayName("finds plug-ins in the folder plugins beside lib")
    void besideLib() throws Exception {
        Files.createDirectory(distribution.resolve("plugins"));
        Outcome outcome = run(distribution.resolve("bin/vae"), "unset VAE_PLUGINS", "backends");
        assertEquals(distribution + "/plugins", plugins(outcome));
    }

    @Test
    @DisplayName("finds plug-ins in the folder plugins of the project")
    void ofProject() throws Exception {
        Files.createDirectory(project.resolve("plugins"));
        assertEquals(project + "/plugins", plugins(start("backends")));
    }

    @Test
    @DisplayName("takes the folders of VAE_PLUGINS instead, and none if it is empty")
    void environment() throws Exception {
        Files.createDirectory(project.resolve("plugins"));
        Files.createDirectory(project.resolve("one"));
        Files.createDirectory(project.resolve("the other"));
        Path vae = project.resolve("vae");
        assertEquals("one:the other", plugins(run(vae, "export VAE_PLUGINS='one:the other'", "backends")));
        assertEquals("", plugins(run(vae, "export VAE_PLUGINS=", "backends")));
    }

    @Test
    @DisplayName("takes those of --plugins instead of both, and hands the rest of the command on as it is")
    void option() throws Exception {
        Files.createDirectory(project.resolve("plugins"));
        Files.createDirectory(project.resolve("one"));
        Files.createDirectory(project.resolve("two"));
        Outcome outcome = run(
                project.resolve("vae"),
                "export VAE_PLUGINS=nowhere",
                "--plugins one --plugins=two train 'a b.json' --plugins x");
        assertEquals("one:two", plugins(outcome));
        List<String> arguments = arguments(outcome);
        assertEquals(
                List.of("dev.vaelab.cli.Main", "train", "a b.json", "--plugins", "x"),
                arguments.subList(arguments.indexOf("dev.vaelab.cli.Main"), arguments.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--plugins nowhere backends", "--plugins=nowhere backends"})
    @DisplayName("refuses a folder of --plugins that is not there")
    void missingFolder(String command) throws Exception {
        assertEquals(
                new Outcome(2, "", "error: --plugins: found no folder nowhere, expected folders of jars"),
                start(command));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--plugins", "--plugins=", "--plugins ''"})
    @DisplayName("refuses --plugins without a folder")
    void noFolder(String command) throws Exception {
        assertEquals(new Outcome(2, "", "error: --plugins: found nothing, expected a folder of jars"), start(command));
    }

    @Test
    @DisplayName("refuses a folder of VAE_PLUGINS that is not there")
    void missingFolderOfEnvironment() throws Exception {
        assertEquals(
                new Outcome(2, "", "error: VAE_PLUGINS: found no folder nowhere, expected folders of jars"),
                run(project.resolve("vae"), "export VAE_PLUGINS=nowhere", "backends"));
    }

    @Test
    @DisplayName("names OpenBLAS a processor that it knows and whose instructions this one has")
    void core() throws Exception {
        assertEquals(
                expectedCore(),
                coreType(run(project.resolve("vae"), "unset VAE_PLUGINS OPENBLAS_CORETYPE", "backends")));
    }

    @Test
    @DisplayName("leaves OpenBLAS the processor that the environment names")
    void coreOfEnvironment() throws Exception {
        assertEquals("Zen", coreType(run(project.resolve("vae"), "export OPENBLAS_CORETYPE=Zen", "backends")));
    }

    @Test
    @DisplayName("is found behind symbolic links: to it, to the program, and chains of relative ones")
    void links() throws Exception {
        Path elsewhere = Files.createDirectories(project.resolve("elsewhere/bin"));
        Files.createSymbolicLink(elsewhere.resolve("vae"), Path.of("../../vae"));
        Files.createSymbolicLink(elsewhere.resolve("again"), Path.of("vae"));
        Files.createSymbolicLink(elsewhere.resolve("program"), distribution.resolve("bin/vae"));
        Files.createSymbolicLink(project.resolve("folder"), Path.of("elsewhere"));
        for (String link :
                List.of("elsewhere/bin/vae", "elsewhere/bin/again", "folder/bin/again", "folder/bin/program")) {
            Outcome outcome = run(project.resolve(link), "unset VAE_PLUGINS", "backends");
            List<String> arguments = arguments(outcome);
            assertEquals(distribution + "/lib/*", arguments.get(arguments.indexOf("-cp") + 1), link);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "-1", "1.5", "", "01", "1025", "99999999999999999999"})
    @DisplayName("refuses a number of threads that is none")
    void threads(String number) throws Exception {
        assertEquals(
                new Outcome(
                        2,
                        "",
                        "error: VAE_THREADS: found " + (number.isEmpty() ? "nothing" : number)
                                + ", expected a whole number from 1 to 1024"),
                run(project.resolve("vae"), "unset VAE_PLUGINS; export VAE_THREADS='" + number + "'", "backends"));
    }

    @Test
    @DisplayName("uses as many threads as VAE_THREADS says, else as many as the process may use processors")
    void defaultThreads() throws Exception {
        assertEquals("7", threadsOf("unset OMP_NUM_THREADS; export VAE_THREADS=7"));
        assumeTrue(
                Program.await(new ProcessBuilder("taskset", "-c", "0", "true")).exitCode() == 0, "no taskset");
        assertEquals("1", threadsOf("unset OMP_NUM_THREADS VAE_THREADS; taskset -cp 0 $$ >/dev/null"));
    }

    private String threadsOf(String preparation) throws Exception {
        writeProgram(project.resolve("java/bin/java"), "#!/bin/sh\necho \"$OMP_NUM_THREADS\"\n");
        return run(project.resolve("vae"), "unset VAE_PLUGINS; " + preparation, "backends")
                .output();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0::/                   | cpu.max                                   | max 100000    | 64",
                "0::/                   | cpu.max                                   | 200000 100000 | 2",
                "0::/                   | cpu.max                                   | 150000 100000 | 2",
                "0::/                   | cpu.max                                   | 5000 100000   | 1",
                "0::/a.slice/b          | a.slice/cpu.max                           | 300000 100000 | 3",
                "0::/a.slice/b          | a.slice/b/cpu.max                         | 900000 100000 | 9",
                "4:cpu,cpuacct:/docker/x | cpu,cpuacct/cpu.cfs_quota_us             | 300000        | 3",
                "4:cpu,cpuacct:/docker/x | cpu/docker/x/cpu.cfs_quota_us            | 50000         | 1",
                "4:cpu:/                | cpu/cpu.cfs_quota_us                      | -1            | 64",
            })
    @DisplayName("obeys the quota of a control group of either version, its own or one above it, rounded up")
    void quota(String group, String file, String content, int expected) throws Exception {
        Path self = Files.createDirectories(project.resolve("proc/self"));
        Files.writeString(self.resolve("cgroup"), "3:cpuset:/\n" + group + "\n");
        Path quota = project.resolve("groups").resolve(file);
        Files.createDirectories(quota.getParent());
        Files.writeString(quota, content + "\n");
        Files.writeString(quota.resolveSibling("cpu.cfs_period_us"), "100000\n");
        writeProgram(project.resolve("tools/nproc"), "#!/bin/sh\necho 64\n");
        Outcome outcome = Program.await(new ProcessBuilder(
                        "bash",
                        "-c",
                        "set -eu; PATH=tools:$PATH; eval \"$(sed -n '/^processors() {/,/^}/p' vae-cli/src/assembly/bin/vae)\""
                                + "; processors proc groups")
                .directory(project.toFile()));
        assertEquals(new Outcome(0, Integer.toString(expected), ""), outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "-Xmx64m,false",
        "-Xmx100000k,false",
        "-XX:MaxHeapSize=67108864,false",
        "-Xmx64m -Xmx4g,true",
        "-Xmx1g,true",
        "-Xmx0x4000000,false",
        "-Xmx1g -Xmx0x4000000,false",
        "-Dany=1,true"
    })
    @DisplayName("begins with no larger heap than VAE_JAVA_OPTIONS allows")
    void heap(String options, boolean first) throws Exception {
        List<String> arguments = arguments(run(
                project.resolve("vae"), "unset VAE_PLUGINS; export VAE_JAVA_OPTIONS='" + options + "'", "backends"));
        assertEquals(first, arguments.contains("-Xms192m"), arguments::toString);
        assertTrue(arguments.containsAll(List.of(options.split(" "))));
    }

    @ParameterizedTest
    @CsvSource({"JAVA_TOOL_OPTIONS,-Xmx64m,false", "JDK_JAVA_OPTIONS,-Xmx64m,false", "JDK_JAVA_OPTIONS,-Xmx4g,true"})
    @DisplayName("begins with no larger heap than the variables allow that Java itself reads")
    void heapOfJava(String variable, String options, boolean first) throws Exception {
        List<String> arguments = arguments(run(
                project.resolve("vae"),
                "unset VAE_PLUGINS VAE_JAVA_OPTIONS; export " + variable + "='" + options + "'",
                "backends"));
        assertEquals(first, arguments.contains("-Xms192m"), arguments::toString);
    }

    @Test
    @DisplayName("names the limit of open files that is too low for the program and an engine")
    void files() throws Exception {
        assertEquals(
                new Outcome(
                        1,
                        "",
                        "error: found a limit of 64 open files, expected at least 160; raise it with ulimit -n 160, or where the"
                                + " limits of this shell, container or service are set"),
                run(project.resolve("vae"), "unset VAE_PLUGINS; ulimit -n 64", "backends"));
    }

    private static String expectedCore() throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        Set<String> instructions = Files.isReadable(processors)
                ? Files.readAllLines(processors).stream()
                        .filter(line -> line.startsWith("flags"))
                        .findFirst()
                        .map(line -> Set.of(line.replaceFirst("^.*: *", "").split(" ")))
                        .orElse(Set.of())
                : Set.of();
        return instructions.contains("avx2") ? "Haswell" : "";
    }

    private static String coreType(Outcome outcome) {
        return arguments(outcome).get(0);
    }

    private Outcome start(String command) throws Exception {
        return run(project.resolve("vae"), "unset VAE_PLUGINS", command);
    }

    private Outcome run(Path launcher, String preparation, String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", preparation + "; exec " + launcher + " " + command);
        builder.environment().put("JAVA_HOME", project.resolve("java").toString());
        return Program.await(builder.directory(project.toFile()));
    }

    private static String plugins(Outcome outcome) {
        String option = "-Dvaelab.plugins=";
        return arguments(outcome).stream()
                .filter(argument -> argument.startsWith(option))
                .map(argument -> argument.substring(option.length()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> arguments(Outcome outcome) {
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome.output().lines().toList();
    }

    private static void copyProgram(Path from, Path to) throws IOException {
        writeProgram(to, Files.readString(from));
    }

    private static void writeProgram(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
