package dev.vaelab.experiment.check;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Numbers of bytes for a person. */
final class ByteCount {
    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1 << 20);
    private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1 << 30);

    private ByteCount() {}

    /** For example {@code 512 MiB} or {@code 11.7 GiB}. */
    static String text(BigInteger bytes) {
        BigDecimal value = new BigDecimal(bytes);
        return value.compareTo(GIBIBYTE) < 0
                ? value.divide(MEBIBYTE, 0, RoundingMode.CEILING).toPlainString() + " MiB"
                : value.divide(GIBIBYTE, 1, RoundingMode.CEILING).toPlainString() + " GiB";
    }

    /** The same of a number that a {@code long} holds. */
    static String text(long bytes) {
        return text(BigInteger.valueOf(bytes));
    }
}
