package dev.vaelab.experiment.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.ModelConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import dev.vaelab.api.experiment.Widths;
import dev.vaelab.api.model.ImageShape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The check of many experiments")
class ReadinessCheckTest {
    private static final int RUNS = 10_000;

    private final ReadinessCheck check = new ReadinessCheck(Laboratory.open());

    @Test
    @DisplayName("reads images once for all runs on them, whatever else the runs differ in")
    void readsOnce() {
        AtomicInteger reads = new AtomicInteger();
        Supplier<Dataset> images = () -> {
            reads.incrementAndGet();
            return images(4, 4);
        };
        for (int run = 0; run < RUNS; run++) {
            assertEquals(List.of(), check.problems(experiment(run), images), "run " + run);
        }
        assertEquals(1, reads.get());
    }

    @Test
    @DisplayName("tells of images that cannot be read, and of what no images could mend")
    void unreadable() {
        Problem unreadable = Problem.of("dataset.path", "nothing", "something");
        ExperimentConfig config = new ExperimentConfig(
                "hopeless",
                null,
                "reference",
                dataset(null),
                new ModelConfig(null, Integer.MAX_VALUE, List.of(2), null, null, null, null),
                null,
                null,
                null,
                null,
                null);
        List<Problem> problems = check.problems(config, () -> {
            throw new InvalidInputException(unreadable);
        });
        assertEquals(
                List.of("dataset.path", "model.latent"),
                problems.stream().map(Problem::place).toList());
    }

    private static ExperimentConfig experiment(int run) {
        return new ExperimentConfig(
                "run-" + run,
                (long) run,
                "reference",
                dataset(2 + run % 7),
                new ModelConfig(null, 1 + run, List.of(2), Widths.of(1 + run % 13), null, null, null),
                null,
                null,
                null,
                new TrainingConfig(1 + run, 2 + run % 5, null, null, null, null),
                null);
    }

    private static DatasetConfig dataset(Integer train) {
        return new DatasetConfig("mnist", null, null, null, 2, train, 1, null);
    }

    private static Dataset images(int height, int width) {
        ImageShape shape = new ImageShape(1, height, width);
        return new Dataset(
                "small",
                new LabelledImages(shape, new byte[10 * shape.size()], new byte[10]),
                new LabelledImages(shape, new byte[2 * shape.size()], new byte[2]),
                Map.of());
    }
}
