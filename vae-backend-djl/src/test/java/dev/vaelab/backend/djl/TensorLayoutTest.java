package dev.vaelab.backend.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.tensor.TensorSpecification;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A tensor's layout in the engine")
class TensorLayoutTest {
    private static final Architecture ARCHITECTURE = new Architecture(new ImageShape(3, 8, 12), List.of(4, 5), 6, 2);

    static Stream<Arguments> tensors() {
        return Stream.of(ARCHITECTURE.encoder(), ARCHITECTURE.decoder()).flatMap(network -> {
            NetworkLowering lowering = NetworkLowering.of(network).orElseThrow();
            return network.tensors().stream().map(tensor -> Arguments.of(tensor, lowering.layout(tensor)));
        });
    }

    @ParameterizedTest
    @MethodSource("tensors")
    @DisplayName("holds every canonical value exactly once")
    void permutes(TensorSpecification tensor, TensorLayout layout) {
        float[] canonical = new float[tensor.size()];
        for (int index = 0; index < canonical.length; index++) {
            canonical[index] = index;
        }

        float[] engine = layout.toEngine(canonical);

        float[] sorted = engine.clone();
        Arrays.sort(sorted);
        assertArrayEquals(canonical, sorted);
        assertArrayEquals(canonical, layout.toCanonical(engine));
        assertEquals(canonical.length, layout.shape().size());
    }
}
