package dev.vaelab.backend.dl4j.operation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * e^x of a block of plain float32 values, to a unit or two of the last digit, as vector instructions.
 *
 * <p>With n the integer nearest to x / ln 2 and r the rest, e^x = 2^n e^r. Added to 1.5 * 2^23 a small number becomes an integer,
 * in the lowest digits, which are shifted to where a float32 has its exponent. The bits go through a native buffer: Java's methods for
 * them are not among what it makes vector instructions of. The polynomial for e^r is that of expf in S. L. Moshier's Cephes library.
 */
final class Exponential {
    /** Beyond it, e^x is held at its value here, some 1e-38. */
    private static final float LEAST = -87;

    private static final float TO_INTEGER = 12_582_912;
    private static final float INVERSE_LN_2 = 1.442_695_04f;
    private static final float LN_2 = 0.693_359_375f;
    private static final float LN_2_REST = -2.121_944_4e-4f;

    private final float[] powers;
    private final int[] bits;
    private final FloatBuffer asFloats;
    private final IntBuffer asIntegers;

    /** For blocks of so many values at most. */
    Exponential(int size) {
        powers = new float[size];
        bits = new int[size];
        ByteBuffer buffer = ByteBuffer.allocateDirect(size * Float.BYTES).order(ByteOrder.nativeOrder());
        asFloats = buffer.asFloatBuffer();
        asIntegers = buffer.asIntBuffer();
    }

    /**
     * Computes e^x.
     *
     * @param values x, none of them above 0
     * @param count of them
     * @param results receives as many
     */
    void apply(float[] values, int count, float[] results) {
        for (int index = 0; index < count; index++) {
            float x = Math.max(values[index], LEAST);
            float shifted = x * INVERSE_LN_2 + TO_INTEGER;
            powers[index] = shifted;
            float n = shifted - TO_INTEGER;
            float r = x - n * LN_2 - n * LN_2_REST;
            float series = 1.987_569_1e-4f * r + 1.398_2e-3f;
            series = series * r + 8.333_452e-3f;
            series = series * r + 4.166_579_6e-2f;
            series = series * r + 1.666_666_5e-1f;
            series = series * r + 5.000_000_1e-1f;
            results[index] = series * r * r + r + 1;
        }
        asFloats.put(0, powers, 0, count);
        asIntegers.get(0, bits, 0, count);
        int one = Float.floatToRawIntBits(1);
        for (int index = 0; index < count; index++) {
            bits[index] = (bits[index] << 23) + one;
        }
        asIntegers.put(0, bits, 0, count);
        asFloats.get(0, powers, 0, count);
        for (int index = 0; index < count; index++) {
            results[index] *= powers[index];
        }
    }
}
