package dev.vaelab.backend.dl4j.operation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("Channel means")
class ChannelMeansTest {
    @Test
    @DisplayName("are taken over images, rows and columns, and multiplied by the factor")
    void means() {
        float[] values = {1, 10, 2, 20, 3, 30, 6, 60};
        try (INDArray images = Arrays.of(values, 2, 1, 2, 2);
                INDArray means = Arrays.zeros(2);
                ChannelMeans channelMeans = new ChannelMeans(images, -1, means)) {
            channelMeans.run();
            assertArrayEquals(new float[] {-3, -30}, Arrays.values(means));
        }
    }
}
