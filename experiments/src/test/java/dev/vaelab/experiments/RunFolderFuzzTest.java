package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.weights.Safetensors;
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
                Fuzzing.of("run-records").mutations(JsonMutation.values()).rounds(40);
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
                .rounds(60)
                .run(RunFolderFuzzTest::tryEverything);
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
