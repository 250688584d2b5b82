package dev.vaelab.testkit;

import java.util.Locale;
import org.opentest4j.AssertionFailedError;

/**
 * A series of numbers of a backend beside what they ought to be. Fails at the first that is too far off; at the end,
 * {@link #report} tells how close the others were, so that a tolerance can be seen to sit just above what it tolerates.
 */
final class Comparison {
    private final String what;
    private double worstShare;
    private String worst = "every number is the expected one";

    /** @param what backend, promise and case, for messages */
    Comparison(String what) {
        this.what = what;
    }

    /** A tolerance for each number. */
    @FunctionalInterface
    interface Tolerance {
        /** Largest difference that is allowed at an index. */
        double at(int index);
    }

    /** Compares tensors, number by number. */
    void require(String tensor, float[] found, float[] expected, Tolerance tolerance) {
        if (found.length != expected.length) {
            throw new AssertionFailedError(
                    what + ": " + tensor + " has " + found.length + " values, expected " + expected.length);
        }
        for (int index = 0; index < found.length; index++) {
            require(tensor + "[" + index + "]", found[index], expected[index], tolerance.at(index));
        }
    }

    /** Compares numbers. A NaN is never close to anything. */
    void require(String number, double found, double expected, double tolerance) {
        double difference = Math.abs(found - expected);
        if (!(difference <= tolerance)) {
            throw new AssertionFailedError(
                    String.format(
                            Locale.ROOT,
                            "%s: %s is %.9g, expected %.9g within %.2g, the difference is %.2g",
                            what,
                            number,
                            found,
                            expected,
                            tolerance,
                            difference),
                    expected,
                    found);
        }
        double share = difference / tolerance;
        if (share > worstShare) {
            worstShare = share;
            worst = String.format(
                    Locale.ROOT,
                    "closest to its tolerance is %s, %.2g of %.2g (%.2g %%)",
                    number,
                    difference,
                    tolerance,
                    100 * share);
        }
    }

    /** Prints one line. */
    void report() {
        System.out.println(what + ": " + worst);
    }
}
