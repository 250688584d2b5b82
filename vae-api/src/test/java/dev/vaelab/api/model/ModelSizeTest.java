package dev.vaelab.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.tensor.TensorSpecification;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The size of a model")
class ModelSizeTest {
    private static final ImageShape DIGIT = new ImageShape(1, 28, 28);

    /** What an architecture is made of. */
    private record Sizes(ImageShape image, List<Integer> channels, int hidden, int latent) {}

    static Stream<Sizes> sizes() {
        return Stream.of(
                new Sizes(DIGIT, List.of(32, 64), 256, 20),
                new Sizes(new ImageShape(3, 8, 16), List.of(2, 3, 2), 5, 2),
                new Sizes(new ImageShape(3, 2, 2), List.of(1), 1, 1),
                new Sizes(new ImageShape(1, 16, 16), List.of(1, 1, 1, 1), 7, 9));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    @DisplayName("is the number of values of its tensors, and of the largest one or of features")
    void tensors(Sizes sizes) {
        Architecture architecture = new Architecture(sizes.image(), sizes.channels(), sizes.hidden(), sizes.latent());
        ModelSize size = ModelSize.of(sizes.image(), sizes.channels(), sizes.hidden(), sizes.latent());
        requireTensors(architecture, size);
        assertEquals(size, ModelSize.of(List.of(architecture.encoder(), architecture.decoder())));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    @DisplayName("counts the planes and columns of the labels that a conditional model knows")
    void conditional(Sizes sizes) {
        Architecture architecture =
                Architecture.convolutional(sizes.image(), sizes.channels(), sizes.hidden(), sizes.latent(), 7);
        ModelSize size = ModelSize.of(sizes.image(), sizes.channels(), sizes.hidden(), sizes.latent(), 7);
        requireTensors(architecture, size);
        assertEquals(size, ModelSize.of(List.of(architecture.encoder(), architecture.decoder())));
    }

    private static void requireTensors(Architecture architecture, ModelSize size) {
        assertEquals(
                architecture.tensors().stream()
                        .mapToLong(TensorSpecification::size)
                        .sum(),
                size.weights().longValueExact());
        assertEquals(
                Stream.of(architecture.encoder(), architecture.decoder())
                        .flatMap(network -> Stream.concat(
                                network.tensors().stream().map(TensorSpecification::shape),
                                network.features().stream()))
                        .mapToInt(shape -> shape.stream().reduce(1, Math::multiplyExact))
                        .max()
                        .getAsInt(),
                size.largest().intValueExact());
    }

    @Test
    @DisplayName("counts what the layers give for one image: features, and what normalization makes of them")
    void activations() {
        ModelSize size = ModelSize.of(new ImageShape(1, 4, 4), List.of(3, 5), 7, 2);
        int encoder = 16 + 2 * 3 * 2 * 2 + 2 * 5 + 7 + 2 * 2;
        int decoder = 2 + 7 + 5 + 2 * 3 * 2 * 2 + 16;
        assertEquals(encoder + decoder, size.activations().intValueExact());
    }

    @Test
    @DisplayName("does not overflow, whatever numbers it is asked for")
    void noOverflow() {
        int most = Integer.MAX_VALUE;
        ModelSize size = ModelSize.of(DIGIT, List.of(most, most), most, most);
        BigInteger square = BigInteger.valueOf(most).pow(2);
        assertEquals(square.multiply(BigInteger.valueOf(49)), size.largest());
        assertFalse(size.fitsArrays());
        assertFalse(ModelSize.of(DIGIT, List.of(100_000, 100_000), 256, 20).fitsArrays());
        assertTrue(ModelSize.of(DIGIT, List.of(32, 64), 256, 20).fitsArrays());
    }

    @Test
    @DisplayName("of an architecture is at most what arrays hold")
    void architecture() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> new Architecture(DIGIT, List.of(32, 64), 1_000_000_000, 20));
        assertEquals(
                "a tensor of the model would have 3136000000000 values, an array holds at most 2147483639",
                refusal.getMessage());
    }
}
