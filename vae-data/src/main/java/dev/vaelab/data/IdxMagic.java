package dev.vaelab.data;

import java.util.HexFormat;
import java.util.Map;

/**
 * The first four bytes of an IDX file: two zeros, the type of the values, the number of dimensions.
 *
 * @param number the bytes as a big-endian number
 */
record IdxMagic(int number) {
    private static final int UNSIGNED_BYTES = 0x08;

    /** As the format's description names them (Y. LeCun, C. Cortes, C. J. C. Burges, the MNIST database). */
    private static final Map<Integer, String> TYPES = Map.of(
            UNSIGNED_BYTES,
            "unsigned bytes",
            0x09,
            "signed bytes",
            0x0b,
            "integers of 16 bits",
            0x0c,
            "integers of 32 bits",
            0x0d,
            "floating-point numbers of 32 bits",
            0x0e,
            "floating-point numbers of 64 bits");

    /** That of unsigned bytes. */
    static IdxMagic ofUnsignedBytes(int dimensions) {
        return new IdxMagic(UNSIGNED_BYTES << 8 | dimensions);
    }

    /** What it says about the file, for example {@code integers of 32 bits in 2 dimensions}; empty if it is none. */
    String words() {
        String type = number >>> 16 == 0 ? TYPES.get(number >> 8) : null;
        int dimensions = number & 0xff;
        if (type == null || dimensions == 0) {
            return "";
        }
        return type + " in " + dimensions + (dimensions == 1 ? " dimension" : " dimensions");
    }

    /** Whether the values are of another type than unsigned bytes. */
    boolean isOfOtherType() {
        return !words().isEmpty() && number >> 8 != UNSIGNED_BYTES;
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return "0x" + HexFormat.of().toHexDigits(number);
    }
}
