package dev.vaelab.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.experiment.Binarization;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.file.ExperimentRules;
import dev.vaelab.experiment.file.ExperimentSchema;
import dev.vaelab.experiment.file.PartCatalog;
import dev.vaelab.experiment.file.SweepLoader;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunOutcome;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.training.EpochMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A sweep")
final class SweepTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("marks the run with the lowest validation loss, the first of equals")
    void best() throws IOException {
        Sweep sweep = load("\"grid\": {\"seed\": [1, 2, 3, 4]}");
        assertEquals(List.of(), best(sweep));
        sweep = finish(sweep, 0, 100);
        assertEquals(List.of("seed=1"), best(sweep));
        sweep = finish(finish(sweep, 2, 98), 1, 98);
        assertEquals(List.of("seed=2"), best(sweep));
        sweep = fail(sweep, 3, "no luck");
        assertEquals(
                List.of("seed=2", "seed=3", "seed=1", "seed=4"),
                sweep.byObjective().get("mnist, bce, beta 1").stream()
                        .map(SweepRun::name)
                        .toList());
        assertFalse(sweep.complete());
        assertEquals(List.of(), sweep.unfinished());
    }

    @Test
    @DisplayName("ranks runs of different objectives apart: a lower beta makes a lower loss, not a better model")
    void objectives() throws IOException {
        Sweep sweep = load("\"grid\": {\"loss.beta\": [1, 0.5], \"seed\": [1, 2]}");
        for (int run = 0; run < 4; run++) {
            sweep = finish(sweep, run, 100 - 10 * run);
        }
        assertEquals(List.of("loss.beta=1,seed=2", "loss.beta=0.5,seed=2"), best(sweep));
        assertEquals("""
                s: 4 of 4 runs finished, 0 failed; in nats per image, lower is better, * is the best

                mnist, bce, beta 1: not to be compared with the others
                  loss.beta  seed  validation loss  test total  test reconstruction  test kl  images/s
                * 1          2              90.000      91.000               71.000   20.000         -
                  1          1             100.000     101.000               81.000   20.000         -

                mnist, bce, beta 0.5: not to be compared with the others
                  loss.beta  seed  validation loss  test total  test reconstruction  test kl  images/s
                * 0.5        2              70.000      71.000               51.000   20.000         -
                  0.5        1              80.000      81.000               61.000   20.000         -
                """, SweepTable.of(sweep));
    }

    @Test
    @DisplayName("says of each run that has no figures why")
    void table() throws IOException {
        Sweep sweep = load("\"runs\": [{\"model.channels\": [16, 32]}, {\"dataset.train\": 50}, {}]");
        sweep = fail(sweep, 1, "ended with exit code 1: the loss became NaN, which is a reason of many words");
        assertEquals("""
                s: 0 of 3 runs finished, 1 failed; in nats per image, lower is better, * is the best

                  model.channels  dataset.train  validation loss  test total  test reconstruction  test kl  images/s
                  [16, 32]        -              not finished
                  [32, 64]        50             failed: ended with exit code 1: the loss became NaN, which is a reason of many \
                words
                  [32, 64]        -              not finished
                """, SweepTable.of(sweep));
    }

    @Test
    @DisplayName("is read back as it was, but for what has happened in its folder since, and failures are tried again")
    void resumes() throws IOException {
        Sweep sweep = load("\"grid\": {\"seed\": [1, 2, 3, 4]}");
        sweep = fail(finish(finish(sweep, 0, 100), 1, 90), 3, "no luck").withJobs(3);
        SweepFolder sweepFolder = new SweepFolder(folder);
        for (int run : List.of(0, 2)) {
            RunFolder runFolder = sweepFolder.prepare(sweep.runs().get(run));
            Files.writeString(runFolder.result(), JsonText.page(result(run, 100 - run)));
        }
        sweepFolder.write(sweep);

        Sweep read = SweepFolder.open(folder).read();

        assertEquals(3, read.jobs());
        assertEquals(
                List.of("finished", "unfinished", "finished", "unfinished"),
                read.runs().stream()
                        .map(run -> run.status().name().toLowerCase(Locale.ROOT))
                        .toList());
        assertEquals(List.of("seed=3"), best(read));
        assertEquals(98, read.runs().get(2).result().bestValidationLoss());
        assertEquals(sweep.runs().get(1).config(), read.runs().get(1).config());
        assertTrue(Files.exists(folder.resolve("seed=1/config.json")));
    }

    @Test
    @DisplayName(
            "ranks by a term of its choice what no loss can rank: runs of different betas and losses, by the negative ELBO")
    void byTotal() throws IOException {
        String runs = "\"runs\": [{\"loss.beta\": 1}, {\"loss.beta\": 4}, {\"loss.name\": \"iwae\"}]";
        assertEquals(3, load(runs).byObjective().size());
        assertEquals(
                Set.of("mnist, bce"),
                load("\"metric\": \"total\", " + runs).byObjective().keySet());
        assertEquals(
                2,
                load("\"metric\": \"total\", \"grid\": {\"loss.reconstruction\": [\"bce\", \"mse\"]}")
                        .byObjective()
                        .size());

        Sweep sweep = load("\"metric\": \"total\", " + runs);
        for (int run = 0; run < 3; run++) {
            double total = List.of(100.0, 90.0, 95.0).get(run);
            Figures validation = new Figures(Map.of("reconstruction", total - 20, "kl", 20.0), 200 - total);
            EpochMetrics epoch = new EpochMetrics(
                    1, 1, null, validation, validation, 200 - total, true, 0.1, 1, 1, 1, 1000, OptionalLong.empty());
            sweep = sweep.with(sweep.runs()
                    .get(run)
                    .ended(new RunOutcome(null, result(run, 200 - total), List.of(epoch), null), sweep.judge()));
        }
        assertEquals(List.of("loss.beta=4,loss.name=elbo"), best(sweep));
        assertEquals(sweep, JsonText.read(JsonText.page(sweep), Sweep.class));
        assertTrue(
                SweepTable.of(sweep).contains("  validation total  validation loss  test total"), SweepTable.of(sweep));
    }

    @Test
    @DisplayName(
            "is refused if its bad runs are to be stopped and could not be told or would all be stopped, with a way out")
    void cannotBeStopped() {
        String asha = "\"stopping\": {\"name\": \"asha\"}, ";
        assertEquals(
                "s.json:1:42 stopping: found runs whose validation loss cannot be compared (mnist, bce, beta 1; mnist, bce, beta"
                        + " 2; mnist, bce, beta 3; 6 more), expected figures that measure one thing; add \"metric\": \"total\","
                        + " the negative ELBO, which is the same whatever the loss and its beta\n"
                        + "s.json:1:42 stopping: found 9 runs, 1 in 3 of which goes on from each of the rungs at epochs 1, 3, 9,"
                        + " expected at least 27 runs, so that one is trained to its end; set stopping.minimumEpochs to 3, which"
                        + " makes fewer rungs",
                refusal(asha + "\"grid\": {\"loss.beta\": [1, 2, 3, 4, 5, 6, 7, 8, 9]}"));
        assertEquals(
                "s.json:1:42 stopping: found runs whose validation loss cannot be compared (mnist, bce, beta 1; mnist, mse"
                        + " (variance 0.5), beta 1), expected figures that measure one thing; make a sweep of each\n"
                        + "s.json:1:42 stopping: found 2 runs, 1 in 3 of which goes on from each of the rungs at epochs 1, 3, 9,"
                        + " expected at least 27 runs, so that one is trained to its end; lower stopping.reduction, or add runs",
                refusal(asha + "\"grid\": {\"loss.reconstruction\": [\"bce\", \"mse\"]}"));
        assertEquals(
                "s.json:1:42 stopping: found runs without validation images, expected validation images, by which runs are"
                        + " compared; leave the key out, or set dataset.validation to a number of images\n"
                        + "s.json:1:42 stopping: found runs of 3 and of 5 training.epochs, expected one number for all, which"
                        + " the runs have in common that are not stopped; leave training.epochs out of what the sweep varies",
                refusal(asha + "\"grid\": {\"dataset.validation\": [0], \"training.epochs\": [5, 3]}"));
        assertEquals(
                "s.json:1:91 stopping.minimumEpochs: found 20, expected less than 20, the training.epochs of the runs; no run"
                        + " would be stopped",
                refusal("\"stopping\": {\"name\": \"halving\", \"minimumEpochs\": 20}, \"grid\": {\"seed\": [1, 2]}"));
    }

    private String refusal(String members) {
        return assertThrows(InvalidInputException.class, () -> load(members)).problems().stream()
                .map(Object::toString)
                .collect(Collectors.joining("\n"))
                .replace(folder + "/", "");
    }

    @Test
    @DisplayName("is not found in a folder of something else")
    void notASweep() {
        assertEquals(
                folder
                        + ": found a folder without sweep.json, expected the folder of a sweep; sweep prints where its folder"
                        + " is",
                assertThrows(InvalidInputException.class, () -> SweepFolder.open(folder))
                        .getMessage());
    }

    private Sweep load(String members) throws IOException {
        Files.writeString(
                folder.resolve("base.json"),
                "{\"name\": \"b\", \"backend\": \"djl\", \"dataset\": {\"name\": \"mnist\"}}");
        Path file = Files.writeString(
                folder.resolve("s.json"), "{\"name\": \"s\", \"experiment\": \"base.json\", " + members + "}");
        ExperimentSchema schema = new ExperimentSchema(
                Set.of("djl"), Set.of("mnist"), PartCatalog.load(PartCatalog.class.getClassLoader()));
        return Sweep.of(new SweepLoader(new ExperimentRules(schema, dataset -> List.of()))
                .load(file, List.of(), Optional.empty()));
    }

    private static Sweep finish(Sweep sweep, int run, double loss) {
        return sweep.with(
                sweep.runs().get(run).ended(new RunOutcome(null, result(run, loss), List.of(), null), sweep.judge()));
    }

    private static Sweep fail(Sweep sweep, int run, String reason) {
        return sweep.with(sweep.runs().get(run).ended(new RunOutcome(reason, null, List.of(), null), sweep.judge()));
    }

    private static RunResult result(long seed, double loss) {
        return new RunResult(
                "b", "djl", seed, 3, 2, loss, Measure.of("bce", Binarization.NONE), new Figures(loss - 19, 20));
    }

    private static List<String> best(Sweep sweep) {
        return sweep.runs().stream().filter(SweepRun::best).map(SweepRun::name).toList();
    }
}
