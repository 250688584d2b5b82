package dev.vaelab.experiment.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A bounded stream")
final class BoundedStreamTest {
    @ParameterizedTest
    @CsvSource({"0, 0, false", "3, 3, false", "4, 4, false", "5, 4, true", "100, 4, true"})
    @DisplayName("ends at its bound, and knows whether there was more")
    void bound(int length, int read, boolean overrun) throws Exception {
        byte[] bytes = new byte[length];
        BoundedStream stream = new BoundedStream(new ByteArrayInputStream(bytes), 4);
        assertArrayEquals(new byte[read], stream.readAllBytes());
        assertEquals(overrun, stream.overrun());
    }

    @Test
    @DisplayName("counts single bytes, too")
    void singleBytes() throws Exception {
        BoundedStream stream = new BoundedStream(new ByteArrayInputStream(new byte[] {-1, 5, 6}), 2);
        assertEquals(255, stream.read());
        assertEquals(5, stream.read());
        assertEquals(-1, stream.read());
        assertEquals(-1, stream.read());
    }
}
