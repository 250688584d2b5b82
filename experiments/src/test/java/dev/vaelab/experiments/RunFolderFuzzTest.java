package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.experiment.comparison.ComparisonFolder;
import dev.vaelab.experiment.comparison.ComparisonPlan;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepFolder;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiments.Program.Outcome;
import dev.vaelab.testkit.fuzz.ByteMutation;
import dev.vaelab.testkit.fuzz.FuzzInput;
import dev.vaelab.testkit.fuzz.Fuzzing;
import dev.vaelab.testkit.fuzz.JsonMutation;
import dev.vaelab.testkit.fuzz.SafetensorsHeaderMutation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run folder of which one file is damaged in any way")
@Tag(Fuzzing.TAG)
final class RunFolderFuzzTest {
    private static final List<String> RECORDS = List.of(
            "config.json",
            "provenance.json",
            "metrics.jsonl",
            "result.json",
            "latent.json",
            "latent-map.json",
            "run.lock");

    private static final String BEST = "checkpoints/best.safetensors";
    private static final String LAST = "checkpoints/last.safetensors";

    @TempDir
    private static Path folder;

    private static SoundRun sound;

    @BeforeAll
    static void train() throws IOException {
        sound = SoundRun.train(folder);
    }

    @Test
    @DisplayName(
            "is listed with the reason, or compared, reported, measured and resumed; the sound run beside it is listed")
    void records() {
        Fuzzing fuzzing =
                Fuzzing.of("run-records").mutations(JsonMutation.values()).rounds(25);
        RECORDS.forEach(file -> fuzzing.seed(file, sound.content(file)));
        fuzzing.run(RunFolderFuzzTest::tryEverything);
    }

    @Test
    @DisplayName("of a time before checksums tells what is wrong in its checkpoint, or is measured and resumed")
    void oldCheckpoints() throws IOException {
        Fuzzing.of("run-checkpoints")
                .seed(BEST, withoutChecksums(BEST))
                .seed(LAST, withoutChecksums(LAST))
                .mutations(SafetensorsHeaderMutation.of(JsonMutation.values()))
                .mutations(ByteMutation.FLIP_BIT, ByteMutation.TRUNCATE)
                .rounds(35)
                .run(RunFolderFuzzTest::tryEverything);
    }

    @Test
    @DisplayName(
            "that is the state of a sweep or the plan of a comparison goes on, or is refused before any run begins")
    void runsTogether() throws IOException {
        Path sweep = Files.createDirectories(folder.resolve("sweep"));
        // Without images, so that no run begins whose result a damaged state does not find.
        Path experiment = Files.writeString(
                folder.resolve("moved.json"),
                Files.readString(folder.resolve("tiny.json"))
                        .replace("\"images\"", "\"" + folder.resolve("moved") + "\""));
        Path file = Files.writeString(
                folder.resolve("grid.json"),
                "{\"name\": \"two\", \"experiment\": \"moved.json\", \"grid\": {\"seed\": [1, 7]}}");
        Laboratory laboratory = Laboratory.open();
        SweepFolder swept = new SweepFolder(sweep);
        swept.write(Sweep.of(laboratory.sweeps().load(file, List.of(), Optional.empty())));
        sound.copyTo(sweep.resolve("seed=1"));
        sound.copyTo(sweep.resolve("seed=7"));
        Outcome resumed = InProcess.run("sweep", "--resume", sweep.toString());
        assertEquals(0, resumed.exitCode(), resumed.errors());
        ComparisonFolder compared = new ComparisonFolder(Files.createDirectories(folder.resolve("comparison")));
        compared.begin(new ComparisonPlan(
                laboratory
                        .loader()
                        .load(experiment, List.of(), Optional.empty())
                        .config(),
                List.of("reference", "djl"),
                List.of(7L),
                0.5,
                0));
        byte[] state = Files.readAllBytes(swept.state());
        byte[] plan = Files.readAllBytes(compared.plan());
        Fuzzing.of("runs-together")
                .seed("sweep/sweep.json", state)
                .seed("comparison/comparison-plan.json", plan)
                .mutations(JsonMutation.values())
                .rounds(35)
                .run(input -> {
                    Files.write(swept.state(), state);
                    Files.write(compared.plan(), plan);
                    Files.write(folder.resolve(input.name()), input.content());
                    InProcess.runOnAnything("sweep", "--resume", sweep.toString());
                    InProcess.runOnAnything("report", sweep.toString());
                    InProcess.runOnAnything(
                            "compare", "--resume", compared.path().toString());
                });
    }

    private static void tryEverything(FuzzInput input) throws IOException {
        String run = folder.resolve("damaged").toString();
        sound.copyTo(Path.of(run));
        Files.write(Path.of(run).resolve(input.name()), input.content());
        Outcome listed = InProcess.runOnAnything("runs", folder.toString());
        assertEquals(0, listed.exitCode(), listed.errors());
        assertTrue(
                listed.output()
                        .lines()
                        .anyMatch(line -> line.startsWith(folder + "/sound ") && line.endsWith("finished")),
                listed::output);
        assertTrue(listed.output().contains(run), listed::output);
        InProcess.runOnAnything("diff", folder.resolve("sound").toString(), run);
        // One of those that take longer, by the input itself, so that a kept input meets the same one again.
        switch (Math.floorMod(Arrays.hashCode(input.content()), 4)) {
            case 0 -> InProcess.runOnAnything("evaluate", run, "--json");
            case 1 -> InProcess.runOnAnything("report", run);
            case 2 -> InProcess.runOnAnything("train", "--resume", run, "--quiet");
            default ->
                InProcess.runOnAnything("train", "--resume", run, "--quiet", "--set", "training.epochs=3", "--json");
        }
    }

    private static byte[] withoutChecksums(String file) throws IOException {
        Path copy = folder.resolve("copy.safetensors");
        Files.write(copy, sound.content(file));
        Safetensors content = Safetensors.read(copy);
        Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
        metadata.keySet().removeIf(key -> key.startsWith("vaelab.sha256") || key.equals("vaelab.format"));
        new Safetensors(content.tensors(), metadata).write(copy);
        return Files.readAllBytes(copy);
    }
}
