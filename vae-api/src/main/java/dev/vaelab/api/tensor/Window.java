package dev.vaelab.api.tensor;

/**
 * How the kernel of a convolution moves over its input: a square kernel, the same step in both directions, zeros around.
 *
 * @param kernel rows and columns of the kernel
 * @param stride step from one position to the next
 * @param padding rows and columns of zeros on each side of the input
 */
public record Window(int kernel, int stride, int padding) {
    /** @throws IllegalArgumentException if the kernel or the stride is not positive, or the padding is negative */
    public Window {
        if (kernel < 1 || stride < 1 || padding < 0) {
            throw new IllegalArgumentException(
                    "a kernel and a stride are positive and a padding is not negative, found kernel " + kernel
                            + ", stride " + stride + ", padding " + padding);
        }
    }

    /**
     * Positions of the kernel along a side of this length; not positive where it does not fit even once.
     *
     * @throws ArithmeticException if the padded side is longer than can be counted
     */
    public int positions(int length) {
        int padded = padded(length);
        return padded < kernel ? 0 : (padded - kernel) / stride + 1;
    }

    /**
     * A side of this length with its zeros.
     *
     * @throws ArithmeticException if it is longer than can be counted
     */
    public int padded(int length) {
        return Math.toIntExact(length + 2L * padding);
    }

    /**
     * Length of the side that so many positions reach over, without what a convolution would leave over at its end.
     *
     * @throws ArithmeticException if it is more than can be counted
     */
    public int reach(int positions) {
        return Math.toIntExact((positions - 1L) * stride + kernel - 2L * padding);
    }
}
