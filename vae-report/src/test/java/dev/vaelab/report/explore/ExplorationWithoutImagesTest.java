package dev.vaelab.report.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.experiment.TinyModel;
import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.LatentStatistics.Dimension;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A model without its images is explored")
final class ExplorationWithoutImagesTest {
    private static final int LATENT = 3;

    @Test
    @DisplayName("by its dimensions in their order if nothing is known of them, and says that there are no images")
    void unmeasured() {
        try (Exploration exploration = open(Optional.empty())) {
            Description description = exploration.description();
            assertEquals(0, description.testImages());
            assertEquals(0, description.mappedImages());
            assertEquals(List.of(), description.examples());
            assertNull(description.map());
            assertEquals(
                    List.of(
                            new LatentAxis(0, null, true),
                            new LatentAxis(1, null, true),
                            new LatentAxis(2, null, true)),
                    description.dimensions());
            assertEquals(
                    64, exploration.decode(new float[LATENT], null).images().get(0).length);
            assertEquals(LATENT, exploration.sample(5).length);
            InvalidInputException failure = assertThrows(InvalidInputException.class, () -> exploration.image(0));
            assertEquals("index: found 0, expected nothing, since there are no test images", failure.getMessage());
        }
    }

    @Test
    @DisplayName("by its dimensions as the run has measured them")
    void recorded() {
        LatentStatistics statistics = new LatentStatistics(
                40, List.of(new Dimension(0.001, 0.001), new Dimension(2, 0.5), new Dimension(1, 0.25)));
        try (Exploration exploration = open(Optional.of(statistics))) {
            Description description = exploration.description();
            assertEquals(40, description.mappedImages());
            assertEquals(
                    List.of(
                            new LatentAxis(1, 2.0, true),
                            new LatentAxis(2, 1.0, true),
                            new LatentAxis(0, 0.001, false)),
                    description.dimensions());
        }
    }

    private static Exploration open(Optional<LatentStatistics> recorded) {
        return Exploration.open(
                new ExploredModel(
                        "tiny",
                        Path.of("runs/tiny"),
                        7,
                        TinyModel.request(LATENT),
                        Optional.empty(),
                        List.of(),
                        recorded,
                        TinyModel.STREAMS),
                List.of(TinyModel.backend()));
    }
}
