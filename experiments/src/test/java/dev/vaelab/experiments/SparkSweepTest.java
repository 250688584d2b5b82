package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A sweep on Spark")
// The first call brings Spark with Maven: minutes, where nothing of it is there yet.
@Timeout(value = 12, unit = TimeUnit.MINUTES)
final class SparkSweepTest {
    private static final int RUNS = 8;
    private static final Pattern ENDED = Pattern.compile("\\[\\d+/\\d+] (\\S+): validation loss .*");
    private static final Pattern EPOCH = Pattern.compile("(seed=\\d): epoch (\\d+)/\\d+, validation loss .*");
    private static final Pattern STARTED = Pattern.compile("(seed=\\d): on \\S+, executor (\\d+)(, attempt (\\d+))?");

    /** So many that none is over when the first of them is told of. */
    private static final int EPOCHS = 60;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        assumeTrue(SparkOfMaven.isPackaged(), "the distribution is made when modules are packaged: mvn verify");
        TinyExperiment.writeForAnyFolder(folder);
    }

    @Test
    @DisplayName(
            "on a master and two workers has the figures and weights of one machine bit for bit, though a worker is killed, and"
                    + " then the driver, in the middle: no run that is finished is done again, and those that were lost go on")
    void killed() throws Exception {
        HostileJar.write(folder.resolve("jars"));
        writeSweep("\"grid\": {\"seed\": [1, 2, 3, 4, 5, 6, 7, 8], \"backend\": [\"gated\"], \"training.epochs\": ["
                + EPOCHS + "]}");
        try (StandaloneCluster cluster = StandaloneCluster.start(SparkOfMaven.home(), folder.resolve("cluster"), 2)) {
            ProcessBuilder command = command(cluster);
            Map<String, Object> before;
            String lost;
            try (RunningProgram driver = RunningProgram.start(command)) {
                Map<String, String> executors = new HashMap<>();
                Set<String> ended = new HashSet<>();
                String[] running = new String[1];
                driver.awaitLine(line -> {
                    note(line, executors, ended);
                    Matcher epoch = EPOCH.matcher(line);
                    if (ended.isEmpty() || !epoch.matches() || Integer.parseInt(epoch.group(2)) > EPOCHS / 2) {
                        return false;
                    }
                    running[0] = epoch.group(1);
                    return true;
                });
                lost = running[0];
                // From here on it does not come to its end.
                Gate gate = Gate.close(folder);
                assertFalse(Files.exists(runFolder(lost).result()), lost);
                before = results();
                cluster.workerOf(executors.get(lost))
                        .process()
                        .destroyForcibly()
                        .waitFor();
                gate.open();
                driver.awaitLine(line -> {
                    note(line, executors, ended);
                    return line.startsWith(lost + ": on ") && line.endsWith(", attempt 2");
                });
                driver.awaitLine(line -> ENDED.matcher(line).matches());
                before.forEach((run, file) -> assertEquals(file, results().get(run), run + " was done again"));
                before = results();
                driver.signal("KILL");
                driver.end();
            }

            Outcome again = Program.await(command(cluster));

            assertEquals(0, again.exitCode(), again.errors());
            before.forEach((run, file) -> assertEquals(file, results().get(run), run + " was done again"));
            assertEquals(
                    RUNS - before.size(),
                    again.errors()
                            .lines()
                            .filter(line -> ENDED.matcher(line).matches())
                            .count(),
                    again.errors());
            assertFalse(again.errors().contains("\tat "), again.errors());
            assertEquals(
                    1,
                    Provenance.read(runFolder(lost)).earlier().stream().limit(1).count(),
                    lost + " did not go on from a checkpoint");
        }
        Sweep state = JsonText.readFile(folder.resolve("out/sweep.json"), Sweep.class);
        assertTrue(state.complete());
        assertTrue(Files.size(folder.resolve("out/sweep.html")) > 0);
        for (SweepRun run : state.runs()) {
            assertSameAlone(run.name());
        }
    }

    private ProcessBuilder command(StandaloneCluster cluster) {
        ProcessBuilder command = SparkOfMaven.prepare(
                folder,
                "sweep",
                "sweep.json",
                "--out",
                "out",
                "--master",
                cluster.master(),
                "--conf",
                "spark.executor.memory=512m",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false");
        command.environment().put("VAE_PLUGINS", folder.resolve("jars").toString());
        return command;
    }

    private static void note(String line, Map<String, String> executors, Set<String> ended) {
        Matcher started = STARTED.matcher(line);
        if (started.matches()) {
            executors.put(started.group(1), started.group(2));
        }
        Matcher end = ENDED.matcher(line);
        if (end.matches()) {
            ended.add(end.group(1));
        }
    }

    /** As a sweep of one machine trains it: SweepTest holds that against a training alone. */
    private void assertSameAlone(String name) throws IOException {
        Path alone = folder.resolve("alone").resolve(name);
        InProcess.in(folder)
                .succeed(
                        "train",
                        "./out/" + name + "/config.json",
                        "--backend",
                        "reference",
                        "--out",
                        "./alone/" + name,
                        "--quiet");
        Path onSpark = folder.resolve("out").resolve(name);
        // The gated engine is the reference engine but for its name.
        assertEquals(
                Files.readString(alone.resolve("result.json")).replace("\"reference\"", "\"gated\""),
                Files.readString(onSpark.resolve("result.json")),
                name);
        for (String file : List.of("checkpoints/best.safetensors", "checkpoints/last.safetensors")) {
            assertArrayEquals(
                    Files.readAllBytes(alone.resolve(file)),
                    Files.readAllBytes(onSpark.resolve(file)),
                    name + " " + file);
        }
    }

    @Test
    @DisplayName("on threads of this machine leaves the files of a sweep, and goes on with the same command")
    void local() throws Exception {
        writeSweep("\"grid\": {\"training.optimizer.learningRate\": [1e12, 0.001]}");

        Outcome outcome =
                SparkOfMaven.run(folder, "sweep", "sweep.json", "--out", "out", "--master", "local[2]", "--json");

        assertEquals(1, outcome.exitCode(), outcome.errors());
        assertFalse(outcome.errors().contains("\tat "), outcome.errors());
        assertTrue(outcome.errors().contains("failed: ended with exit code 1: the loss became "), outcome.errors());
        Sweep sweep = JsonText.readFile(folder.resolve("out/sweep.json"), Sweep.class);
        assertEquals(
                List.of(SweepRun.Status.FAILED, SweepRun.Status.FINISHED),
                sweep.runs().stream().map(SweepRun::status).toList());
        assertEquals(
                folder.resolve("out").toRealPath().toString(), outcome.json().get("folder"));
        String finished = sweep.runs().get(1).name();
        Object file = results().get(finished);
        assertTrue(Files.exists(folder.resolve("out/" + finished + ".messages.txt")));

        Outcome lost = SparkOfMaven.run(
                folder, "sweep", "--resume", "out", "--master", "local[2]", "--conf", "spark.vaelab.home=/no/program");

        assertEquals(1, lost.exitCode(), lost.errors());
        assertEquals(
                "error: found no vaelab in /no/program on localhost, expected the same distribution (bin, lib, engines) on every"
                        + " machine, at the path of the driver's or where spark.vaelab.home says: copy it there, or give"
                        + " --conf spark.vaelab.home=DIR",
                lost.errors().lines().reduce((earlier, later) -> later).orElse(""),
                lost.errors());
        assertEquals(file, results().get(finished));
    }

    @Test
    @DisplayName("is refused in one line where there is no such master, no such key or no folder to write to")
    void wrong() throws Exception {
        writeSweep("\"grid\": {\"seed\": [1]}");
        Files.createFile(folder.resolve("file"));
        assertRefused(
                "error: --master spark://127.0.0.1:1: found nobody at 127.0.0.1:1 (Connection refused), expected the address of a"
                        + " standalone master that runs; its page shows it, on port 8080 as a rule",
                "sweep",
                "sweep.json",
                "--master",
                "spark://127.0.0.1:1");
        assertRefused(
                "error: --conf: found memory=4g, expected KEY=VALUE with a key that begins with spark.",
                "sweep",
                "sweep.json",
                "--conf",
                "memory=4g");
        assertRefused(
                "error: output folder " + folder.resolve("file/out")
                        + ": found one below the file file, expected a new or empty" + " folder",
                "sweep",
                "sweep.json",
                "--master",
                "local[1]",
                "--out",
                "file/out");
    }

    private void assertRefused(String message, String... arguments) throws Exception {
        Outcome outcome = SparkOfMaven.run(folder, arguments);
        assertEquals(2, outcome.exitCode(), outcome.errors());
        List<String> lines = outcome.errors()
                .lines()
                .filter(line -> !line.startsWith("Spark "))
                .toList();
        assertEquals(List.of(message), lines);
    }

    private void writeSweep(String members) throws IOException {
        Files.writeString(
                folder.resolve("sweep.json"), "{\"name\": \"sizes\", \"experiment\": \"tiny.json\", " + members + "}");
    }

    private RunFolder runFolder(String run) {
        return new RunFolder(folder.resolve("out").resolve(run));
    }

    /** The runs that have a result, each with what tells its file from one that was written anew. */
    private Map<String, Object> results() {
        Map<String, Object> files = new HashMap<>();
        try (var runs = Files.newDirectoryStream(folder.resolve("out"), Files::isDirectory)) {
            for (Path run : runs) {
                Path result = run.resolve("result.json");
                if (Files.exists(result)) {
                    BasicFileAttributes attributes = Files.readAttributes(result, BasicFileAttributes.class);
                    files.put(run.getFileName().toString(), attributes.fileKey() + " " + attributes.lastModifiedTime());
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return files;
    }
}
