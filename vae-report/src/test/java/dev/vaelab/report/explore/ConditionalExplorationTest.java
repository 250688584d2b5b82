package dev.vaelab.report.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.experiment.TinyModel;
import dev.vaelab.report.picture.LatentPictures;
import dev.vaelab.training.ModelImages;
import dev.vaelab.training.PosteriorValues;
import dev.vaelab.training.model.ModelRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A class-conditional model is explored")
final class ConditionalExplorationTest {
    private static final int CLASSES = 3;
    private static final ImageSubset IMAGES = TinyModel.images(7);
    private static final ModelRequest REQUEST = request();

    private static ModelRequest request() {
        Architecture architecture = Architecture.convolutional(IMAGES.shape(), List.of(2), 4, 2, CLASSES);
        return ModelRequest.of(architecture, InitialWeights.draw(architecture, TinyModel.STREAMS));
    }

    @Test
    @DisplayName("with the label that is chosen, and its images with their own")
    void chosenLabel() {
        try (Exploration exploration = open();
                var model = REQUEST.create(TinyModel.backend())) {
            assertEquals(CLASSES, exploration.description().labels());
            float[] latents = {0.5f, -1};
            byte[] zero = exploration.decode(latents, 0).images().get(0);
            byte[] two = exploration.decode(latents, 2).images().get(0);
            assertFalse(Arrays.equals(zero, two));
            assertArrayEquals(Levels.of(ModelImages.decode(model, latents, 2)), two);
            for (int image = 0; image < IMAGES.count(); image++) {
                ImageSubset one = IMAGES.select(image);
                assertArrayEquals(
                        PosteriorValues.of(model, one.pixels(), one.labels()).means(),
                        exploration.image(image).mean(),
                        1e-6f);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none", "-1", "3"})
    @DisplayName("with no label that it does not know")
    void unknownLabel(Integer label) {
        try (Exploration exploration = open()) {
            assertEquals(
                    "label: found " + (label == null ? "none" : label) + ", expected a label from 0 to 2",
                    assertThrows(InvalidInputException.class, () -> exploration.decode(new float[2], label))
                            .getMessage());
        }
    }

    @Test
    @DisplayName("in pictures with a row for each label")
    void samples() {
        try (var model = REQUEST.create(TinyModel.backend())) {
            var grid = new LatentPictures(TinyModel.STREAMS).samples(model, 16);
            assertEquals(List.of(CLASSES, 4), List.of(grid.rows(), grid.columns()));
        }
    }

    private static Exploration open() {
        return Exploration.open(
                new ExploredModel(
                        "tiny",
                        Path.of("runs/tiny"),
                        7,
                        REQUEST,
                        Optional.of(IMAGES),
                        List.of(),
                        Optional.empty(),
                        TinyModel.STREAMS),
                List.of(TinyModel.backend()));
    }
}
