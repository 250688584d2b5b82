package dev.vaelab.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.file.Ranking;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.RunOutcome;
import dev.vaelab.experiment.run.RunResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A sweep over paths of data")
final class SweepOfPathsTest {
    private static final Map<String, String> IMAGES = Map.of("pictures", "00ff");

    @Test
    @DisplayName("ranks runs on the same images together, and is read back so")
    void sameImages() {
        Sweep sweep = finish(finish(sweep("one", "two"), "one", 100, IMAGES), "two", 90, IMAGES);
        assertEquals(Map.of("images, one, bce, beta 1", List.of("two", "one")), groups(sweep));
        assertEquals(List.of("two"), best(sweep));
        Sweep read = JsonText.read(JsonText.page(sweep), Sweep.class);
        assertEquals(groups(sweep), groups(read));
        assertEquals(sweep, read);
    }

    @Test
    @DisplayName("ranks runs on other images apart, under two paths or one")
    void otherImages() {
        Sweep two = finish(finish(sweep("one", "two"), "one", 100, IMAGES), "two", 90, Map.of("pictures", "ff00"));
        assertEquals(
                Map.of("images, one, bce, beta 1", List.of("one"), "images, two, bce, beta 1", List.of("two")),
                groups(two));
        assertEquals(List.of("one", "two"), best(two));

        Sweep changed = sweep("one", "one");
        changed = finish(finish(changed, "one", 100, IMAGES), "one-2", 90, Map.of("pictures", "ff00"));
        assertEquals(2, groups(changed).size());
        assertEquals(List.of("one", "one-2"), best(changed));
    }

    @Test
    @DisplayName("takes runs that have not ended to be on the images of those under the same path")
    void unfinished() {
        Sweep sweep = finish(sweep("one", "two", "one"), "one", 100, IMAGES);
        assertEquals(
                Map.of(
                        "images, one, bce, beta 1", List.of("one", "one-2"),
                        "images, two, bce, beta 1", List.of("two")),
                groups(sweep));
    }

    private static Sweep sweep(String... paths) {
        List<SweepRun> runs = new ArrayList<>();
        for (String path : paths) {
            String name = runs.stream().anyMatch(run -> run.name().equals(path)) ? path + "-2" : path;
            ExperimentConfig config =
                    SampleRuns.config("djl").with(new DatasetConfig("images", path, null, null, 3, null, null, null));
            runs.add(SweepRun.planned(name, Map.of("dataset.path", path), config, Ranking.BY_LOSS));
        }
        return new Sweep("paths", 1, List.of("dataset.path"), runs);
    }

    private static Sweep finish(Sweep sweep, String name, double loss, Map<String, String> checksums) {
        SweepRun run = sweep.runs().stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow();
        RunResult result =
                new RunResult(name, "djl", 1, 1, 1, loss, run.config().measure(), new Figures(loss - 20, 20));
        Provenance sample = SampleRuns.provenance("djl", "processor");
        Provenance provenance = new Provenance(
                sample.program(),
                sample.started(),
                sample.backend(),
                sample.engine(),
                "images",
                checksums,
                sample.seed(),
                sample.machine(),
                sample.settings(),
                sample.secondsToFirstStep(),
                sample.memory(),
                null,
                null);
        return sweep.with(run.ended(new RunOutcome(null, result, List.of(), provenance), sweep.judge()));
    }

    private static Map<String, List<String>> groups(Sweep sweep) {
        Map<String, List<String>> names = new HashMap<>();
        sweep.byObjective()
                .forEach((objective, runs) ->
                        names.put(objective, runs.stream().map(SweepRun::name).toList()));
        return names;
    }

    private static List<String> best(Sweep sweep) {
        return sweep.runs().stream().filter(SweepRun::best).map(SweepRun::name).toList();
    }
}
