package dev.vaelab.experiment.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The list of runs")
final class RunTableTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("has a row of key figures for each run, those of comparisons included")
    void rows() throws IOException {
        SampleRuns.write(folder.resolve("b"), "dl4j", 1, 2, 97.5);
        SampleRuns.write(folder.resolve("a-compare/djl-seed1"), "djl", 1, 3, 97.25);
        SampleRuns.begin(folder.resolve("c"), "djl", "processor");
        Files.writeString(folder.resolve("a-compare/comparison.json"), "{}");
        String longest = folder.resolve("a-compare/djl-seed1").toString();
        List<String> firstColumn = List.of("run", longest, folder + "/b", folder + "/c");
        List<String> others = List.of(
                "  backend  seed  epochs  best  validation  reconstruction      kl   total  state",
                "  djl         1    3/20     3      97.250          77.250  20.000  97.250  finished",
                "  dl4j        1    2/20     2      97.500          77.500  20.000  97.500  finished",
                "  djl         1    0/20     -           -               -       -       -  stopped");
        StringBuilder expected = new StringBuilder(
                "bce on mnist with beta 1.0, nats per image; validation is the loss of the best epoch\n");
        for (int row = 0; row < others.size(); row++) {
            String first = firstColumn.get(row);
            expected.append(first)
                    .append(" ".repeat(longest.length() - first.length()))
                    .append(others.get(row))
                    .append('\n');
        }
        assertEquals(expected.toString(), table());
    }

    @Test
    @DisplayName("has a column for each term that a loss adds, where columns are few and where they are many")
    void namedTerms() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("a"), "djl", 1, 2, 97.5);
        replace(run.config(), "\"elbo\"", "\"iwae\", \"samples\": 5");
        replace(run.result(), "\"kl\"", "\"iwae\": 95.25, \"kl\"");
        List<String> wide = table().lines().toList();
        assertTrue(wide.get(1).endsWith("kl   total    iwae  state"), table());
        assertTrue(wide.get(2).endsWith("20.000  97.500  95.250  finished"), table());
        String narrow = RunTable.of(
                RunSearch.below(folder).stream().map(RunSummary::read).toList(), 60);
        assertTrue(narrow.contains("iwae"), narrow);
    }

    @Test
    @DisplayName(
            "has estimates of the likelihood in tables of their own, one for each kind, for the weights that are there now")
    void estimates() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("a"), "djl", 1, 2, 97.5);
        SampleRuns.estimate(run, "test");
        SampleRuns.estimate(run, "validation");
        RunFolder trainedOn = SampleRuns.write(folder.resolve("b"), "djl", 1, 2, 97.5);
        SampleRuns.estimate(trainedOn, "test");
        Files.writeString(trainedOn.checkpoints().best(), "better weights");
        String table = table();
        String title =
                "log p(x) under bce on mnist (00ff), 2 %s images, K 10; by importance sampling, nats per image\n";
        for (String split : List.of("test", "validation")) {
            String expected = title.formatted(split) + "run"
                    + " ".repeat(run.path().toString().length() - 3)
                    + "  log p(x)  bits/dim  standard error  sampling error     elbo  effective samples  backend  seed\n"
                    + run.path()
                    + "   -90.500    0.1665           0.500          0.5000  -96.000                5.0      djl     1\n";
            assertTrue(table.contains(expected), table);
        }
        assertEquals(2, table.split("log p\\(x\\) under", -1).length - 1, table);
    }

    @Test
    @DisplayName("says where the KL goes and how well labels are told from latents, each in a table of its own")
    void otherEstimates() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("a"), "djl", 1, 2, 97.5);
        SampleRuns.estimate(run, "test");
        SampleRuns.probe(run, "test");
        String table = table();
        String name = run.path().toString();
        String blanks = " ".repeat(name.length() - 3);
        assertTrue(
                table.contains("where the KL goes, under bce on mnist (00ff), 2 test images, M 10; nats per image\nrun"
                        + blanks
                        + "  mutual information  total correlation    aggregate KL  dimension-wise KL              kl"
                        + "  active units  backend  seed\n"
                        + name
                        + "      2.500 +- 0.100     0.500 +- 0.010  0.500 +- 0.010     0.500 +- 0.010  3.000 +- 0.200"
                        + "        1 of 2      djl     1\n"),
                table);
        assertTrue(
                table.contains("labels told from latents, under bce on mnist (00ff), 2 test images, N 10; accuracy\nrun"
                        + blanks
                        + "      linear probe  nearest neighbours   k  most frequent label  backend  seed\n"
                        + name
                        + "  0.9000 +- 0.0300    0.8000 +- 0.0400  10     0.1000 +- 0.0300      djl     1\n"),
                table);
    }

    @Test
    @DisplayName("keeps figures of different measures in different tables")
    void measures() throws IOException {
        SampleRuns.write(folder.resolve("a"), "djl", 1, 2, 97.5);
        RunFolder other = SampleRuns.write(folder.resolve("b"), "djl", 1, 2, 230);
        replace(other.config(), "\"mnist\"", "\"fashion-mnist\"");
        RunFolder part = SampleRuns.write(folder.resolve("c"), "djl", 1, 2, 98);
        replace(part.config(), "\"validation\"", "\"test\": 100,\n    \"validation\"");
        RunFolder gaussian = SampleRuns.write(folder.resolve("d"), "djl", 1, 2, 500);
        replace(gaussian.config(), "\"bce\"", "\"mse\", \"variance\": 0.5");
        RunFolder binary = SampleRuns.write(folder.resolve("e"), "djl", 1, 2, 60);
        replace(binary.config(), "\"binarization\": \"none\"", "\"binarization\": \"stochastic\"");
        RunFolder weighted = SampleRuns.write(folder.resolve("f"), "djl", 1, 2, 98);
        replace(weighted.config(), "\"beta\": 1.0", "\"beta\": 4.0");
        assertEquals(
                List.of(
                        "bce on fashion-mnist with beta 1.0",
                        "bce on mnist with beta 1.0",
                        "bce on mnist with beta 4.0",
                        "bce on mnist, first 100 test images with beta 1.0",
                        "bce, stochastic binarization on mnist with beta 1.0",
                        "mse (variance 0.5) on mnist with beta 1.0"),
                titles());
    }

    @Test
    @DisplayName("keeps figures of other images under the same name in different tables")
    void images() throws IOException {
        SampleRuns.write(folder.resolve("a"), "djl", 1, 2, 97.5);
        RunFolder other = SampleRuns.write(folder.resolve("b"), "djl", 1, 2, 98);
        RunFolder unknown = SampleRuns.begin(folder.resolve("c"), "djl", "processor");
        Files.delete(unknown.provenance());
        assertEquals(List.of("bce on mnist with beta 1.0"), titles());

        replace(other.provenance(), "00ff", "ff00");
        assertEquals(2, titles().size(), table());
        titles().forEach(title -> assertTrue(title.matches("bce on mnist with beta 1.0, images [0-9a-f]{8}"), title));
        assertEquals(2, Set.copyOf(titles()).size());
    }

    private List<String> titles() {
        return table().lines()
                .filter(line -> line.contains("nats"))
                .map(line -> line.replace(", nats per image; validation is the loss of the best epoch", ""))
                .toList();
    }

    @Test
    @DisplayName("says of a folder that is broken what is wrong with it, and lists the others all the same")
    void broken() throws IOException {
        SampleRuns.write(folder.resolve("a"), "djl", 1, 2, 97.5);
        Files.writeString(
                SampleRuns.write(folder.resolve("b"), "djl", 1, 2, 97.5).result(), "{ \"name\": ");
        Files.delete(SampleRuns.write(folder.resolve("c"), "djl", 1, 2, 97.5).config());
        Files.writeString(
                SampleRuns.write(folder.resolve("d"), "djl", 1, 2, 97.5).config(), "null");
        Files.writeString(
                SampleRuns.write(folder.resolve("e"), "djl", 1, 2, 97.5).config(),
                "{\"name\": \"e\", \"backend\": \"djl\", \"dataset\": null}");
        Files.write(SampleRuns.write(folder.resolve("f"), "djl", 1, 2, 97.5).metrics(), new byte[] {(byte) 0xff, 10});
        List<RunSummary> runs =
                RunSearch.below(folder).stream().map(RunSummary::read).toList();
        assertEquals(6, runs.size());
        assertEquals(RunSummary.State.FINISHED, runs.get(0).state());
        List<String> reasons = runs.stream().skip(1).map(RunSummary::reason).toList();
        assertTrue(
                reasons.get(0).startsWith(folder + "/b/result.json: found JSON that ends too soon in line 1"),
                reasons.get(0));
        assertEquals(folder + "/c/config.json: found nothing, expected the resolved experiment", reasons.get(1));
        assertEquals(folder + "/d/config.json: found null, expected JSON as this program writes it", reasons.get(2));
        assertEquals(
                folder + "/e/config.json: found nothing for dataset, expected JSON as this program writes it",
                reasons.get(3));
        assertEquals(
                folder + "/f/metrics.jsonl: found bytes that are no UTF-8 text, expected one JSON object per epoch",
                reasons.get(4));
        String table = table();
        runs.stream()
                .skip(1)
                .forEach(run -> assertTrue(table.contains("\n  " + run.run() + ": " + run.reason() + "\n"), table));
    }

    @Test
    @DisplayName("is empty where there is no run, and needs a folder")
    void nothing() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/config.json"), "{}");
        assertEquals(List.of(), RunSearch.below(folder));
        assertEquals("", table());
        InvalidInputException failure =
                assertThrows(InvalidInputException.class, () -> RunSearch.below(folder.resolve("nowhere")));
        assertEquals(folder + "/nowhere: found nothing, expected a folder with runs in it", failure.getMessage());
    }

    @Test
    @DisplayName("finds a run that is named itself, and runs behind a link that is named")
    void named() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("runs/a"), "djl", 1, 2, 97.5);
        assertEquals(List.of(run), RunSearch.below(run.path()));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("runs"));
        assertEquals(List.of(new RunFolder(link.resolve("a"))), RunSearch.below(link));
        assertEquals(List.of(run), RunSearch.below(folder));
    }

    @Test
    @DisplayName("leaves out the copies of a run's files that MLflow keeps")
    void mlflow() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("a"), "djl", 1, 2, 97.5);
        SampleRuns.write(folder.resolve("mlruns/1/2/artifacts"), "djl", 1, 2, 97.5);
        Files.writeString(folder.resolve("mlruns/1/2/meta.yaml"), "run_id: 2");
        assertEquals(List.of(run), RunSearch.below(folder));
    }

    @Test
    @DisplayName("has the figures of a run, and the other estimates, beside an estimate that is damaged")
    void damagedEstimate() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("a"), "djl", 1, 2, 97.5);
        SampleRuns.estimate(run, "test");
        Path damaged = Files.writeString(run.estimates().resolve("probe-test-1.json"), "{ \"stamp\": ");
        RunSummary summary = RunSummary.read(run);
        assertEquals(RunSummary.State.FINISHED, summary.state());
        assertEquals(1, summary.estimates().likelihoods().size());
        assertEquals(List.of(), summary.estimates().probes());
        assertEquals(
                List.of(damaged.toString()),
                summary.estimates().damaged().stream().map(Problem::place).toList());
        assertEquals(97.5, summary.test().total(), 1e-9);
        assertTrue(RunDifference.of(run, run).differences().isEmpty());
    }

    private String table() {
        return RunTable.of(
                RunSearch.below(folder).stream().map(RunSummary::read).toList());
    }

    static void replace(Path file, String text, String replacement) throws IOException {
        Files.writeString(file, Files.readString(file).replace(text, replacement));
    }
}
