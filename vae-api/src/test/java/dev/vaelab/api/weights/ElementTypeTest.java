package dev.vaelab.api.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A type of values")
class ElementTypeTest {
    @Test
    @DisplayName("F16 is converted as IEEE 754 defines it, for every one of its 65,536 bit patterns")
    void everyHalf() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            assertEquals(halfByDefinition(bits), decode(ElementType.F16, bits), "bits " + bits);
        }
    }

    @Test
    @DisplayName("BF16 is the upper half of a float")
    void everyBrainFloat() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            assertEquals(Float.intBitsToFloat(bits << 16), decode(ElementType.BF16, bits), "bits " + bits);
        }
    }

    @Test
    @DisplayName("is found by its name, in upper case only")
    void named() {
        assertEquals(Optional.of(ElementType.BF16), ElementType.named("BF16"));
        assertEquals(Optional.empty(), ElementType.named("bf16"));
        assertEquals(Optional.empty(), ElementType.named("I64"));
    }

    private static float decode(ElementType type, int bits) {
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(0, (short) bits);
        float[] target = new float[1];
        type.decode(bytes, target, 0, 1);
        return target[0];
    }

    private static float halfByDefinition(int bits) {
        double sign = bits >> 15 == 0 ? 1 : -1;
        int exponent = bits >> 10 & 31;
        double fraction = (bits & 1023) / 1024.0;
        if (exponent == 31) {
            return fraction == 0 ? (float) (sign * Double.POSITIVE_INFINITY) : Float.NaN;
        }
        double magnitude = exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
        return (float) (sign * magnitude);
    }
}
