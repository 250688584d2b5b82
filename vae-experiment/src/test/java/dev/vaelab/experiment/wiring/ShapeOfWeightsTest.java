package dev.vaelab.experiment.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.ModelConfig;
import dev.vaelab.api.experiment.Widths;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.weights.NamedTensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Weights")
final class ShapeOfWeightsTest {
    private static final ExperimentConfig CONFIG = new ExperimentConfig(
            "sample",
            1L,
            "reference",
            new DatasetConfig("images", "pictures", null, null, 10, null, null, null),
            new ModelConfig(null, 2, List.of(2, 3), Widths.of(4), null, null, null),
            null,
            null,
            null,
            null,
            null);

    @Test
    @DisplayName("tell the shape of images with equal sides, in grey and in colour")
    void square() {
        for (ImageShape shape :
                List.of(new ImageShape(1, 28, 28), new ImageShape(3, 64, 64), new ImageShape(3, 4, 4))) {
            assertEquals(Optional.of(shape), told(weights(shape)).flatMap(ShapeOfWeights::ofSquare));
        }
    }

    @Test
    @DisplayName("tell no shape of other images, but whether a size is theirs")
    void otherSides() {
        Optional<ShapeOfWeights> told = told(weights(new ImageShape(3, 8, 12)));
        assertEquals(Optional.empty(), told.flatMap(ShapeOfWeights::ofSquare));
        assertEquals(Optional.of(new ImageShape(3, 8, 12)), told.flatMap(shape -> shape.ofSize(List.of(8, 12))));
        assertEquals(Optional.of(new ImageShape(3, 24, 4)), told.flatMap(shape -> shape.ofSize(List.of(24, 4))));
        for (List<Integer> size : List.of(List.of(8, 8), List.of(9, 12), List.of(2, 48), List.of(65_532, 65_532))) {
            assertEquals(Optional.empty(), told.flatMap(shape -> shape.ofSize(size)), size.toString());
        }
    }

    @Test
    @DisplayName("tell it with the names that PyTorch's wrappers give, and nothing if they are of another model")
    void otherNames() {
        NamedTensors weights = weights(new ImageShape(1, 16, 16));
        NamedTensors wrapped = new NamedTensors(weights.asMap().entrySet().stream()
                .collect(Collectors.toMap(tensor -> "module." + tensor.getKey(), Map.Entry::getValue)));
        assertEquals(Optional.of(new ImageShape(1, 16, 16)), told(wrapped).flatMap(ShapeOfWeights::ofSquare));
        assertEquals(Optional.empty(), told(new NamedTensors(Map.of("weight", weights.get("encoder.fc.weight")))));
        assertEquals(
                Optional.empty(),
                told(new NamedTensors(Map.of(
                        "encoder.conv1.weight", weights.get("encoder.fc.weight"),
                        "encoder.fc.weight", weights.get("encoder.fc.weight")))));
    }

    private static Optional<ShapeOfWeights> told(NamedTensors weights) {
        return ShapeOfWeights.of(weights, CONFIG);
    }

    private static NamedTensors weights(ImageShape shape) {
        Architecture architecture = new Architecture(shape, List.of(2, 3), 4, 2);
        return InitialWeights.draw(architecture, new RandomStreams(1));
    }
}
