package dev.vaelab.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The number of floating-point operations for an image")
final class OperationCountTest {
    /** By hand, in multiplications: outputs of the layer times weights of each output. */
    private static final long CONV1 = 14 * 14 * 32 * 16;

    private static final long CONV2 = 7 * 7 * 64 * (32 * 16);
    private static final long FC = 3136 * 256;
    private static final long HEADS = 256 * 40;
    private static final long FC1 = 20 * 256;
    private static final long FC2 = 256 * 3136;
    /** Each pixel of a transposed convolution's output has a quarter of the kernel's weights for each input channel. */
    private static final long DECONV1 = 14 * 14 * 32 * (64 * 4);

    private static final long DECONV2 = 28 * 28 * (32 * 4);

    @Test
    @DisplayName("of the recipe's model is what the layers of design come to by hand")
    void recipe() {
        OperationCount count =
                OperationCount.of(new Architecture(new ImageShape(1, 28, 28), List.of(32, 64), 256, 20), 1);
        assertEquals(2 * CONV1, count.firstLayer());
        assertEquals(2 * (CONV1 + CONV2 + FC + HEADS), count.encoder());
        assertEquals(2 * (FC1 + FC2 + DECONV1 + DECONV2), count.decoder());
        assertEquals(10_065_920, count.evaluation());
        assertEquals(29_997_056, count.training());
    }

    @Test
    @DisplayName("counts the decoder once for each latent of an image")
    void severalLatents() {
        OperationCount count = new OperationCount(100, 40, 7, 5);
        assertEquals(100 + 5 * 40, count.evaluation());
        assertEquals(3 * (100 + 5 * 40) - 7, count.training());
    }

    @Test
    @DisplayName("counts colours, sides of different length and any number of convolutions")
    void otherShapes() {
        OperationCount count =
                OperationCount.of(new Architecture(new ImageShape(3, 16, 8), List.of(2, 5, 7), 11, 4), 1);
        long convolutions = 8 * 4 * 2 * (3 * 16) + 4 * 2 * 5 * (2 * 16) + 2 * 7 * (5 * 16);
        assertEquals(2 * (8 * 4 * 2 * (3 * 16)), count.firstLayer());
        assertEquals(2 * (convolutions + 14 * 11 + 11 * 8), count.encoder());
        assertEquals(2 * (4 * 11 + 11 * 14 + convolutions), count.decoder());
    }
}
