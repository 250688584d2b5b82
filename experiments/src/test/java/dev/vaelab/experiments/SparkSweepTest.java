package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiments.Program.Outcome;
import dev.vaelab.experiments.hostile.HostileBackend;
import dev.vaelab.training.EpochMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    private static final int EPOCHS = 6;
    private static final int STEPS_OF_EPOCH = 5;

    /** Steps of a run that have to pass the gate. */
    private static final int GATED = EPOCHS * STEPS_OF_EPOCH - HostileBackend.GOOD_STEPS;

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
        // Of two runs at once one comes to its end with these steps, and no second one. One of the two that are then at
        // work has half of a
        // run behind it.
        Gate gate = Gate.closeAfter(2 * GATED - 1, folder);
        try (StandaloneCluster cluster = StandaloneCluster.start(SparkOfMaven.home(), folder.resolve("cluster"), 2)) {
            ProcessBuilder command = command(cluster);
            Map<String, Object> before;
            String lost;
            int copied;
            List<String> metrics;
            try (RunningProgram driver = RunningProgram.start(command)) {
                Map<String, String> executors = new HashMap<>();
                Set<String> ended = new HashSet<>();
                Map<String, Integer> epochs = new HashMap<>();
                driver.awaitLine(line -> {
                    note(line, executors, ended, epochs);
                    return !ended.isEmpty() && halfway(ended, epochs).isPresent();
                });
                lost = halfway(ended, epochs).orElseThrow();
                copied = awaitCheckpoint(lost, epochs.get(lost) - 1);
                metrics = metrics(lost).subList(0, copied);
                assertFalse(Files.exists(runFolder(lost).result()), lost);
                before = results();
                cluster.workerOf(executors.get(lost))
                        .process()
                        .destroyForcibly()
                        .waitFor();
                gate.open();
                driver.awaitLine(line -> {
                    note(line, executors, ended, epochs);
                    return line.startsWith(lost + ": on ") && line.endsWith(", attempt 2");
                });
                driver.awaitLine(line -> ENDED.matcher(line).matches());
                before.forEach((run, file) -> assertEquals(file, results().get(run), run + " was done again"));
                before = results();
                driver.signal("KILL");
                driver.end();
            }
            assertTrue(before.size() < RUNS, "nothing was left to do when the driver was killed");

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
            Provenance.Beginning second = legs(lost).get(1).from();
            assertTrue(second.epoch() > copied, lost + " began anew in epoch " + second.epoch());
            // An epoch that is done once more takes another time.
            assertEquals(metrics, metrics(lost).subList(0, copied), lost + " has done an epoch twice");
        }
        Sweep state = JsonText.readFile(folder.resolve("out/sweep.json"), Sweep.class);
        assertTrue(state.complete());
        assertTrue(Files.size(folder.resolve("out/sweep.html")) > 0);
        for (SweepRun run : state.runs()) {
            assertEquals(
                    IntStream.rangeClosed(1, EPOCHS).boxed().toList(),
                    metrics(run.name()).stream()
                            .map(line -> JsonText.readRecord(line, EpochMetrics.class)
                                    .epoch())
                            .toList());
            assertSameAlone(run.name());
        }
    }

    /** A run that has two epochs behind it and its end before it. */
    private static Optional<String> halfway(Set<String> ended, Map<String, Integer> epochs) {
        return epochs.entrySet().stream()
                .filter(run -> run.getValue() >= 2 && !ended.contains(run.getKey()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Waits until the last checkpoint of a run that all machines reach is of an epoch, or a later one, which is returned. */
    private int awaitCheckpoint(String run, int epoch) throws IOException, InterruptedException {
        Path checkpoint = runFolder(run).checkpoints().last();
        Path parent = Files.createDirectories(checkpoint.getParent());
        try (WatchService watch = parent.getFileSystem().newWatchService()) {
            parent.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            while (true) {
                if (Files.exists(checkpoint)) {
                    // It says which epoch comes next.
                    int done = Integer.parseInt(
                                    Safetensors.read(checkpoint).metadata().get("vaelab.epoch"))
                            - 1;
                    if (done >= epoch) {
                        return done;
                    }
                }
                watch.take().reset();
            }
        }
    }

    private List<String> metrics(String run) throws IOException {
        return Files.readAllLines(runFolder(run).path().resolve("metrics.jsonl"));
    }

    /** The processes that have trained a run, the first one first. */
    private List<Provenance> legs(String run) {
        Provenance last = Provenance.read(runFolder(run));
        return Stream.concat(last.earlier().stream(), Stream.of(last)).toList();
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
                "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false");
        command.environment().put("VAE_PLUGINS", folder.resolve("jars").toString());
        return command;
    }

    private static void note(
            String line, Map<String, String> executors, Set<String> ended, Map<String, Integer> epochs) {
        Matcher started = STARTED.matcher(line);
        if (started.matches()) {
            executors.put(started.group(1), started.group(2));
        }
        Matcher end = ENDED.matcher(line);
        if (end.matches()) {
            ended.add(end.group(1));
        }
        Matcher epoch = EPOCH.matcher(line);
        if (epoch.matches()) {
            epochs.put(epoch.group(1), Integer.parseInt(epoch.group(2)));
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

        Outcome outcome = SparkOfMaven.run(
                folder,
                "sweep",
                "sweep.json",
                "--out",
                "out",
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.enabled=false",
                "--json");

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
                folder,
                "sweep",
                "--resume",
                "out",
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.vaelab.home=/no/program");

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
    @DisplayName("is refused in one line where there is no folder to write to, or no such key")
    void wrong() throws Exception {
        writeSweep("\"grid\": {\"seed\": [1]}");
        Files.createFile(folder.resolve("file"));

        Outcome folderless = SparkOfMaven.run(
                folder,
                "sweep",
                "sweep.json",
                "--master",
                "local[1]",
                "--conf",
                "spark.ui.enabled=false",
                "--out",
                "file/out");

        assertEquals(2, folderless.exitCode(), folderless.errors());
        assertEquals(
                List.of("error: output folder " + folder.resolve("file/out")
                        + ": found one below the file file, expected a new or empty folder"),
                folderless
                        .errors()
                        .lines()
                        .filter(line -> !line.startsWith("Spark "))
                        .toList());

        Outcome keyless =
                InProcess.run("spark", "sweep", folder.resolve("sweep.json").toString(), "--conf", "memory=4g");

        assertEquals(2, keyless.exitCode(), keyless.errors());
        assertEquals(
                "error: --conf: found memory=4g, expected KEY=VALUE with a key that begins with spark.",
                keyless.errors());
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
