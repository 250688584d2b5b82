package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.comparison.ComparisonFolder;
import dev.vaelab.experiment.comparison.ComparisonPlan;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepFolder;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Their folders are written as they are when a sweep or a comparison has begun and none of its runs has. */
@DisplayName("Runs that are to go on together")
final class ResumedRunsTest {
    @TempDir
    private Path folder;

    private Path experiment;
    private Path images;
    private SweepFolder sweep;
    private ComparisonFolder comparison;

    @BeforeEach
    void begin() throws IOException {
        TinyExperiment.write(folder);
        images = folder.resolve("images");
        experiment = folder.resolve("tiny.json");
        Files.writeString(experiment, Files.readString(experiment).replace("\"images\"", "\"" + images + "\""));
        Path file = Files.writeString(
                folder.resolve("grid.json"),
                "{\"name\": \"two\", \"experiment\": \"tiny.json\", \"grid\": {\"seed\": [1, 2]}}");
        Laboratory laboratory = Laboratory.open();
        sweep = new SweepFolder(Files.createDirectory(folder.resolve("sweep")));
        sweep.write(Sweep.of(laboratory.sweeps().load(file, List.of(), Optional.empty())));
        comparison = new ComparisonFolder(Files.createDirectory(folder.resolve("comparison")));
        comparison.begin(new ComparisonPlan(
                laboratory
                        .loader()
                        .load(experiment, List.of(), Optional.empty())
                        .config(),
                List.of("reference", "djl"),
                List.of(7L),
                0.5,
                0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"latent\" : 2 | \"latent\" : 0 | 26:20 model.latent: found 0, expected a whole number of at least 1",
                "\"latent\" : 2 | \"latent\" : null | 26:20 model.latent: found null, expected a whole number of at least 1",
                "\"latent\" : 2 | \"latent\" : 2, \"size\" : 1 | for runs[0].config.model.size a key that is not known",
                "\"channels\" : [ 2 ] | \"channels\" : [ ] | 27:22 model.channels: found an empty list",
                "\"channels\" : [ 2 ] | \"channels\" : [ 2, 2, 2, 2 ] | 27:22 model.channels: found 4 convolutions for images of 1x8x8",
                "\"channels\" : [ 2 ] | \"channels\" : [ 100000, 100000 ] | 27:22 model.channels: found ",
                "\"learningRate\" : 0.001 | \"learningRate\" : 1e45 | 48:28 training.optimizer.learningRate: found 1e45",
                "\"learningRate\" : 0.001 | \"learningRate\" : 0.001, \"momentum\" : 0.5 | training.optimizer.momentum: found",
                "\"reconstruction\" : \"bce\" | \"reconstruction\" : \"bits\" | 39:28 loss.reconstruction: found text \"bits\"",
                "\"backend\" : \"reference\" | \"backend\" : \"gone\" | 16:19 backend: found backend \"gone\", expected one of",
                "\"validation\" : 8 | \"validation\" : 48 | 20:24 dataset.validation: found 48",
                "\"path\" : | \"path\" : \"/nowhere\", \"split\" : | dataset.split: found",
                "\"seed\" : 1, | \"seed\" : 3, | settings seed: found 1, expected 3, as the experiment of the run has it",
                "\"keys\" : [ \"seed\" ] | \"keys\" : [ \"model.latent\" ] | settings seed: found 1, expected one of model.latent",
                "\"name\" : \"tiny\", | '' | for runs[0].config.name nothing",
                "\"epochs\" : 2 | \"epochs\" : \"two\" | found for runs[0].config.training.epochs a value of the wrong kind"
            })
    @DisplayName("are checked again, each experiment of sweep.json, and refused with key and line before any begins")
    void sweep(String before, String after, String problem) throws IOException {
        // Within the first run's experiment, where the key is not one of the sweep itself.
        change(sweep.state(), before.startsWith("\"keys\"") ? 0 : indexOfConfig(), before, after);
        Outcome outcome = InProcess.run("sweep", "--resume", sweep.path().toString(), "--json");
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains(problem), outcome.errors());
        assertTrue(outcome.errors().contains(sweep.state().toString()), outcome.errors());
        assertFalse(((List<?>) outcome.json().get("problems")).isEmpty(), outcome.output());
        assertFalse(Files.exists(sweep.path().resolve("seed=2")), "a run has begun");
    }

    @Test
    @DisplayName(
            "are told where their images are now, and then do without those, and without engines, of runs that are done")
    void movedImages() throws Exception {
        Path done = sweep.path().resolve("seed=1");
        Outcome trained =
                InProcess.run("train", experiment.toString(), "--set", "seed=1", "--out", done.toString(), "--quiet");
        assertEquals(0, trained.exitCode(), trained.errors());
        change(sweep.state(), indexOfConfig(), "\"backend\" : \"reference\"", "\"backend\" : \"gone\"");
        Path moved = Files.move(images, folder.resolve("moved: \"images\" #1"));

        Outcome refused = InProcess.run("sweep", "--resume", sweep.path().toString());
        assertEquals(2, refused.exitCode());
        assertTrue(
                refused.errors()
                        .matches("error: run seed=2: .*sweep.json:75:18 dataset.path: found " + images
                                + ", which does not exist, expected the folder of the IDX files; --set dataset.path=DIR"
                                + " names where the images are now"),
                refused.errors());

        Outcome resumed = Program.run(
                folder, "sweep", "--resume", "sweep", "--set", "dataset.path=" + JsonText.line(moved.toString()));
        assertEquals(0, resumed.exitCode(), resumed.errors());
        assertTrue(resumed.errors().contains("two: 2 runs, 1 of them to do"), resumed.errors());
        Sweep ended = sweep.stored();
        assertTrue(ended.complete());
        List<String> paths = ended.runs().stream()
                .map(SweepRun::config)
                .map(config -> config.dataset().path())
                .toList();
        assertEquals(List.of(images.toString(), moved.toString()), paths);
        assertEquals(1, ended.byObjective().size(), "the same images are ranked together");
    }

    @Test
    @DisplayName("of which one was begun before its images were moved find them, too")
    void begunBefore() throws Exception {
        Path begun = sweep.path().resolve("seed=1");
        for (String seed : List.of("1", "2")) {
            Path run = sweep.path().resolve("seed=" + seed);
            assertEquals(
                    0,
                    InProcess.run(
                                    "train",
                                    experiment.toString(),
                                    "--set",
                                    "seed=" + seed,
                                    "--out",
                                    run.toString(),
                                    "--quiet")
                            .exitCode());
        }
        Files.delete(new RunFolder(begun).result());
        Path moved = Files.move(images, folder.resolve("moved"));
        Outcome resumed = Program.run(folder, "sweep", "--resume", "sweep", "--set", "dataset.path=moved");
        assertEquals(0, resumed.exitCode(), resumed.errors());
        assertTrue(Files.readString(begun.resolve("config.json")).contains("\"path\": \"moved\""), moved.toString());
    }

    @Test
    @DisplayName("and differ in their images are not told of one place for all")
    void sweepOfPaths() throws IOException {
        Folders.copy(images, folder.resolve("others"));
        Path file = Files.writeString(
                folder.resolve("paths.json"),
                "{\"name\": \"paths\", \"experiment\": \"tiny.json\", \"grid\": {\"dataset.path\": [\"" + images
                        + "\", \"" + folder.resolve("others") + "\"]}}");
        sweep.write(Sweep.of(Laboratory.open().sweeps().load(file, List.of(), Optional.empty())));
        assertEquals(
                "error: --set dataset.path: found a key that the sweep sets, expected a key that it leaves alone",
                InProcess.run("sweep", "--resume", sweep.path().toString(), "--set", "dataset.path=elsewhere")
                        .errors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"latent\" : 2 | \"latent\" : 0 | 18 model.latent: found 0, expected a whole number of at least 1",
                "\"latent\" : 2 | \"latent\" : null | 18 model.latent: found null",
                "\"channels\" : [ 2 ] | \"channels\" : [ 2, 2, 2, 2 ] | 20 model.channels: found 4 convolutions",
                "\"learningRate\" : 0.001 | \"learningRate\" : 1e45 | training.optimizer.learningRate: found 1e45",
                "\"validation\" : 8 | \"validation\" : 48 | dataset.validation: found 48",
                "[ \"reference\" | [ \"gone\" | found backend \"gone\", expected one of djl, dl4j, reference"
            })
    @DisplayName("are checked again in a comparison, too")
    void comparison(String before, String after, String problem) throws IOException {
        change(comparison.plan(), 0, before, after);
        Outcome outcome = InProcess.run("compare", "--resume", comparison.path().toString());
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains(problem), outcome.errors());
        assertFalse(Files.exists(comparison.path().resolve("djl-seed7")), "a run has begun");
    }

    @Test
    @DisplayName("in a comparison say what to do about images that were moved")
    void movedImagesOfComparison() throws IOException {
        Files.move(images, folder.resolve("moved"));
        Outcome outcome = InProcess.run("compare", "--resume", comparison.path().toString());
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertTrue(
                outcome.errors().endsWith("; --set dataset.path=DIR names where the images are now"), outcome.errors());
    }

    private int indexOfConfig() throws IOException {
        return Files.readString(sweep.state()).indexOf("\"config\"");
    }

    private static void change(Path file, int from, String before, String after) throws IOException {
        String text = Files.readString(file);
        int place = text.indexOf(before, from);
        assertTrue(place >= 0, text);
        Files.writeString(file, text.substring(0, place) + after + text.substring(place + before.length()));
    }
}
