package dev.vaelab.api.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The dtypes of safetensors files that can become float32. */
enum ElementType {
    /** IEEE 754 single precision. */
    F32(Float.BYTES) {
        @Override
        void decode(ByteBuffer bytes, float[] target, int offset, int count) {
            bytes.asFloatBuffer().get(target, offset, count);
        }
    },
    /** IEEE 754 double precision; rounded to the nearest float. */
    F64(Double.BYTES) {
        @Override
        void decode(ByteBuffer bytes, float[] target, int offset, int count) {
            for (int index = 0; index < count; index++) {
                target[offset + index] = (float) bytes.getDouble(index * Double.BYTES);
            }
        }
    },
    /** IEEE 754 half precision: 5 bits of exponent, 10 of fraction. */
    F16(Short.BYTES) {
        @Override
        void decode(ByteBuffer bytes, float[] target, int offset, int count) {
            for (int index = 0; index < count; index++) {
                target[offset + index] = halfToFloat(bytes.getShort(index * Short.BYTES));
            }
        }
    },
    /** The upper half of a float. */
    BF16(Short.BYTES) {
        @Override
        void decode(ByteBuffer bytes, float[] target, int offset, int count) {
            for (int index = 0; index < count; index++) {
                target[offset + index] = Float.intBitsToFloat(bytes.getShort(index * Short.BYTES) << Short.SIZE);
            }
        }
    };

    private final int size;

    ElementType(int size) {
        this.size = size;
    }

    /** Finds a type by its name in the file. */
    static Optional<ElementType> named(String dtype) {
        return Arrays.stream(values()).filter(type -> type.name().equals(dtype)).findFirst();
    }

    /** Bytes of one value. */
    int size() {
        return size;
    }

    /**
     * Converts values.
     *
     * @param bytes in little-endian order, values from position 0 on
     * @param target where the floats go, from {@code offset} on
     */
    abstract void decode(ByteBuffer bytes, float[] target, int offset, int count);

    private static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int floatExponent = exponent == 0x1f ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | floatExponent << 23 | fraction << 13);
    }
}
