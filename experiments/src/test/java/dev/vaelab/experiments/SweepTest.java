package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepFolder;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiments.Program.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A sweep")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SweepTest {
    private static final int SIGTERM = 15;
    private static final Pattern ENDED = Pattern.compile("\\[\\d+/\\d+] (\\S+): validation loss .*");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        TinyExperiment.writeForAnyFolder(folder);
    }

    @Test
    @DisplayName(
            "that is killed halfway goes on where it was, repeats no run that is finished, and ends with all of them")
    void killed() throws Exception {
        HostileJar.write(folder.resolve("jars"));
        Gate gate = Gate.close(folder);
        writeSweep("\"grid\": {\"seed\": [1, 2], \"backend\": [\"gated\", \"reference\"]}");
        Process sweep = start(Program.withPlugins(
                folder.resolve("jars"), folder, "sweep", "sweep.json", "--jobs", "2", "--out", "out"));
        List<String> before = readUntil(sweep, line -> ENDED.matcher(line).matches());
        assertTrue(before.contains("2 runs at once, each with " + threadsOfTwo()), before.toString());
        // It starts the next run, which must not be missed.
        freeze(sweep);
        List<ProcessHandle> runs = sweep.descendants().toList();
        sweep.destroyForcibly().waitFor();
        gate.open();
        awaitEnd(runs);
        Map<String, Object> finished = resultFiles();
        // Of the two at once one stood at the gate, and so did the one behind the other, unless it had not begun.
        assertTrue(finished.containsKey("seed=1,backend=reference"), finished.toString());
        assertFalse(finished.containsKey("seed=2,backend=reference"), finished.toString());

        Outcome resumed = Program.await(
                Program.withPlugins(folder.resolve("jars"), folder, "sweep", "--resume", "out", "--json"));

        assertEquals(0, resumed.exitCode(), resumed.errors());
        Map<String, Object> all = resultFiles();
        assertEquals(4, all.size());
        finished.forEach((run, file) -> assertEquals(file, all.get(run), run + " was run again"));
        Set<String> later = new HashSet<>(ended(resumed.errors().lines().toList()));
        assertEquals(4 - finished.size(), later.size(), resumed.errors());
        assertTrue(finished.keySet().stream().noneMatch(later::contains), resumed.errors());

        Sweep state = JsonText.readFile(folder.resolve("out/sweep.json"), Sweep.class);
        assertTrue(state.complete());
        assertEquals(2, state.jobs());
        assertEquals(List.of("seed", "backend"), state.keys());
        SweepRun best = state.runs().stream().filter(SweepRun::best).findFirst().orElseThrow();
        for (SweepRun run : state.runs()) {
            assertTrue(best.result().bestValidationLoss() <= run.result().bestValidationLoss());
        }
        assertTrue(Files.size(folder.resolve("out/sweep.html")) > 0);
        assertSameAlone("seed=1,backend=gated");
    }

    /** A run of a sweep, stopped and gone on with or not, has the result that it has alone. */
    private void assertSameAlone(String name) throws Exception {
        Outcome alone = InProcess.runWithPlugins(
                folder.resolve("jars"),
                "train",
                folder.resolve("out/" + name + "/config.json").toString(),
                "--out",
                folder.resolve("alone/" + name).toString());
        assertEquals(0, alone.exitCode(), alone.errors());
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("alone").resolve(name).resolve("result.json")),
                Files.readAllBytes(folder.resolve("out").resolve(name).resolve("result.json")),
                name);
    }

    @Test
    @DisplayName(
            "that is ended politely takes its runs with it, which write their checkpoints, and counts none as failed")
    void politely() throws Exception {
        writeSweep("\"grid\": {\"seed\": [1, 2, 3], \"training.epochs\": [1000000]}");
        try (RunningProgram sweep =
                RunningProgram.start(Program.prepare(folder, "sweep", "sweep.json", "--jobs", "2", "--out", "out"))) {
            Set<String> begun = new HashSet<>();
            sweep.awaitLine(line -> {
                Matcher epoch = Pattern.compile("(seed=\\d): epoch 2/.*").matcher(line);
                return epoch.matches() && begun.add(epoch.group(1)) && begun.size() == 2;
            });
            List<ProcessHandle> runs = sweep.descendants();

            sweep.signal("TERM");

            assertEquals(128 + SIGTERM, sweep.end().exitCode());
            awaitEnd(runs);
        }
        for (String run : List.of("seed=1", "seed=2")) {
            assertTrue(Files.exists(folder.resolve("out").resolve(run).resolve("checkpoints/last.safetensors")), run);
        }
        assertFalse(Files.exists(folder.resolve("out/seed=3")));
        Sweep state = JsonText.readFile(folder.resolve("out/sweep.json"), Sweep.class);
        assertEquals(3, state.unfinished().size());
    }

    @Test
    @DisplayName(
            "that stops bad runs pauses each at its rung, goes on after a kill without an epoch twice, and ends with the bytes"
                    + " of a run that was never paused")
    void stopsBadRuns() throws Exception {
        writeSweep("\"grid\": {\"seed\": [1, 2], \"training.schedule.name\": [\"cosine\"], \"loss.betaWarmup\": [1]},"
                + " \"stopping\": {\"name\": \"asha\", \"reduction\": 2}");
        Set<String> epochs = new HashSet<>();
        Pattern trained = Pattern.compile("(seed=\\d): (epoch \\d)/2 .*");
        Process killed = start(Program.prepare(folder, "sweep", "sweep.json", "--out", "out"));
        List<String> before = readUntil(killed, line -> line.startsWith("[1/4 epochs] seed="));
        freeze(killed);
        List<ProcessHandle> children = killed.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        killed.destroyForcibly().waitFor();
        awaitEnd(children);
        before.forEach(line -> addOnce(trained.matcher(line), epochs));

        Outcome resumed = Program.run(folder, "sweep", "--resume", "out", "--json");
        assertEquals(0, resumed.exitCode(), resumed.errors());
        resumed.errors().lines().forEach(line -> addOnce(trained.matcher(line), epochs));
        assertEquals(3, epochs.size(), epochs.toString());
        String table =
                InProcess.in(folder).succeed("sweep", "--resume", "./out").output();

        Map<String, Object> summary = resumed.json();
        assertEquals(Map.of("trained", 3, "whole", 4), summary.get("epochs"));
        assertEquals(List.of(1, 2), summary.get("rungs"));
        Sweep state = JsonText.readFile(folder.resolve("out/sweep.json"), Sweep.class);
        SweepRun best = state.runs().stream().filter(SweepRun::best).findFirst().orElseThrow();
        SweepRun stopped =
                state.runs().stream().filter(run -> !run.best()).findFirst().orElseThrow();
        assertEquals(SweepRun.Status.STOPPED, stopped.status());
        assertTrue(best.rungs().scores().get(0) <= stopped.rungs().scores().get(0));
        assertTrue(table.contains("sizes: 1 of 2 runs finished, 1 stopped, 0 failed"), table);
        InProcess.in(folder).succeed("train", "./out/" + best.name() + "/config.json", "--out", "./alone", "--quiet");
        for (String file : List.of("result.json", "checkpoints/last.safetensors", "checkpoints/best.safetensors")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("alone").resolve(file)),
                    Files.readAllBytes(
                            folder.resolve("out").resolve(best.name()).resolve(file)),
                    file);
        }
    }

    private static void addOnce(Matcher epoch, Set<String> epochs) {
        if (epoch.matches()) {
            assertTrue(epochs.add(epoch.group(1) + " " + epoch.group(2)), epoch.group());
        }
    }

    @Test
    @DisplayName(
            "of which one run diverges does the others, ends with exit code 1, and tries that run again when resumed")
    void failure() throws Exception {
        writeSweep("\"grid\": {\"training.optimizer.learningRate\": [1e12, 0.001]}");

        Outcome outcome = Program.run(folder, "sweep", "sweep.json", "--out", "out");

        assertEquals(1, outcome.exitCode(), outcome.errors());
        String failed = outcome.output()
                .lines()
                .filter(line -> line.contains("failed: "))
                .findFirst()
                .orElse("");
        assertTrue(
                failed.matches(" +1000000000000 +failed: ended with exit code 1: the loss became .*"),
                outcome.output());
        assertTrue(outcome.output().contains("\n* 0.001 "), outcome.output());
        Outcome again = Program.run(folder, "sweep", "--resume", "out", "--json");
        assertEquals(1, again.exitCode(), again.errors());
        assertTrue(again.errors().contains("2 runs, 1 of them to do"), again.errors());
        Map<?, ?> run = (Map<?, ?>) ((List<?>) again.json().get("runs")).get(0);
        assertEquals("failed", run.get("status"));
        assertEquals("out", again.json().get("folder"));
    }

    @Test
    @DisplayName("with any run that cannot be is refused as a whole before any run begins")
    void impossible() throws Exception {
        writeSweep(
                "\"grid\": {\"seed\": [1, 2], \"model.channels\": [[2], [2, 2, 2, 2]], \"dataset.validation\": [8, 48]}");

        Outcome outcome = InProcess.in(folder).run("sweep", "./sweep.json", "--out", "./out");

        assertEquals(2, outcome.exitCode());
        List<String> problems = outcome.errors().lines().toList();
        assertEquals("error: 2 problems", problems.get(0), outcome.errors());
        assertTrue(
                problems.get(1)
                        .startsWith(
                                "  run seed=1,model.channels=2,dataset.validation=48: sweep.json:1:136 dataset.validation: "),
                outcome.errors());
        assertEquals(
                "  run seed=1,model.channels=2-2-2-2,dataset.validation=8: sweep.json:1:95 model.channels: found 4 convolutions for images of"
                        + " 1x8x8, expected height and width divisible by 2 to the power of 4; each convolution halves both:"
                        + " use at most 3 of them",
                problems.get(2));
        assertFalse(Files.exists(folder.resolve("out")));
        Outcome validated = InProcess.in(folder).run("validate", "./sweep.json");
        assertEquals(2, validated.exitCode());
        assertEquals(problems.subList(1, 3), validated.errors().lines().skip(1).toList());
    }

    @Test
    @DisplayName("is refused to a second process as long as one does its runs")
    void inUse() throws Exception {
        finishedSweep();
        try (RunLock held = RunLock.acquireSweep(folder.resolve("out"))) {
            held.requireInPlace();
            Outcome second = Program.run(folder, "sweep", "--resume", "out");
            assertEquals(2, second.exitCode(), second.errors());
            assertTrue(
                    second.errors()
                            .matches("error: out: found a sweep in the hands of process "
                                    + ProcessHandle.current().pid()
                                    + " since \\S+Z, expected one that nobody trains; wait"
                                    + " for its end, or end it"),
                    second.errors());
        }
        InProcess.in(folder).succeed("sweep", "--resume", "./out");
    }

    /** A sweep of one run, which has come to its end. */
    private RunFolder finishedSweep() throws IOException {
        writeSweep("\"grid\": {\"seed\": [7]}");
        SweepFolder sweep = new SweepFolder(Files.createDirectory(folder.resolve("out")));
        sweep.write(
                Sweep.of(Laboratory.open().sweeps().load(folder.resolve("sweep.json"), List.of(), Optional.empty())));
        InProcess.in(folder).succeed("train", "./tiny.json", "--out", "./out/seed=7", "--quiet");
        return new RunFolder(folder.resolve("out/seed=7"));
    }

    @Test
    @DisplayName(
            "that goes on while trainings of its killed process are still ending waits for each instead of failing it")
    void endingRuns() throws Exception {
        RunFolder run = finishedSweep();
        Files.delete(run.result());

        Process resumed;
        try (RunLock ending = RunLock.acquire(run)) {
            ending.requireInPlace();
            resumed = start(Program.prepare(folder, "sweep", "--resume", "out"));
            String waiting =
                    "seed=7: waiting for process " + ProcessHandle.current().pid() + " since \\S+Z, which trains it";
            readUntil(resumed, line -> line.matches(waiting));
        }
        readUntil(resumed, line -> ENDED.matcher(line).matches());
        assertEquals(0, resumed.waitFor());
        assertTrue(Files.exists(run.result()));
    }

    @Test
    @DisplayName("goes on as it was begun: with other settings it is refused, and so is what is not a sweep")
    void otherSettings() throws Exception {
        writeSweep("\"grid\": {\"seed\": [1]}");
        Outcome outcome = InProcess.in(folder).run("sweep", "--resume", "./images", "--set", "seed=1");
        assertEquals(2, outcome.exitCode());
        assertEquals(
                "error: --set: found seed=1 with --resume, expected one of the two; a sweep goes on as it was begun: start"
                        + " another one for other settings",
                outcome.errors());
        assertEquals(
                "error: images: found a folder without sweep.json, expected the folder of a sweep; sweep prints where its folder"
                        + " is",
                InProcess.in(folder).run("sweep", "--resume", "./images").errors());
        assertEquals(
                "error: --jobs: found 0, expected a whole number of at least 1",
                InProcess.in(folder).run("sweep", "./sweep.json", "--jobs", "0").errors());
    }

    private void writeSweep(String members) throws IOException {
        Files.writeString(
                folder.resolve("sweep.json"), "{\"name\": \"sizes\", \"experiment\": \"tiny.json\", " + members + "}");
    }

    private Process start(ProcessBuilder program) throws IOException {
        return program.redirectOutput(folder.resolve("output.txt").toFile()).start();
    }

    /** Stops all threads of a process, where the system tells whether they have; elsewhere it is as fast as it can be. */
    private static void freeze(Process process) throws Exception {
        String id = Long.toString(process.pid());
        assertEquals(0, new ProcessBuilder("kill", "-STOP", id).start().waitFor());
        Path threads = Path.of("/proc", id, "task");
        while (Files.exists(threads) && !allStopped(threads)) {
            Thread.onSpinWait();
        }
    }

    private static boolean allStopped(Path threads) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                if (!Files.readString(thread.resolve("stat")).contains(") T ")) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A process that has ended may still be known for a while, until its parent has taken note. */
    private static void awaitEnd(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            process.onExit().get(2, TimeUnit.MINUTES);
        }
    }

    private static String threadsOfTwo() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return threads == 1 ? "1 thread" : "at most " + threads + " threads";
    }

    private static List<String> readUntil(Process process, Predicate<String> last) throws IOException {
        BufferedReader messages = process.errorReader();
        List<String> lines = new ArrayList<>();
        String line = messages.readLine();
        while (line != null) {
            lines.add(line);
            if (last.test(line)) {
                return lines;
            }
            line = messages.readLine();
        }
        throw new AssertionError("it ended: " + lines);
    }

    private static List<String> ended(List<String> messages) {
        return messages.stream()
                .map(ENDED::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
    }

    /** The runs that have a result, each with what tells its file from one that was written anew. */
    private Map<String, Object> resultFiles() throws IOException {
        Map<String, Object> files = new LinkedHashMap<>();
        SweepFolder sweep = new SweepFolder(folder.resolve("out"));
        for (SweepRun run : JsonText.readFile(sweep.state(), Sweep.class).runs()) {
            Path result = sweep.folderOf(run).result();
            if (Files.exists(result)) {
                BasicFileAttributes attributes = Files.readAttributes(result, BasicFileAttributes.class);
                files.put(run.name(), attributes.fileKey() + " " + attributes.lastModifiedTime());
            }
        }
        return files;
    }
}
