package dev.vaelab.api.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What shapes become, by the rules of {@link TensorOperations}. */
public final class Shapes {
    private Shapes() {}

    /** Number of values of a shape. */
    public static int size(int... shape) {
        int size = 1;
        for (int length : shape) {
            size = Math.multiplyExact(size, length);
        }
        return size;
    }

    /**
     * What two shapes are broadcast to.
     *
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static int[] broadcast(int[] left, int[] right) {
        int[] result = new int[Math.max(left.length, right.length)];
        for (int axis = 1; axis <= result.length; axis++) {
            int first = axis > left.length ? 1 : left[left.length - axis];
            int second = axis > right.length ? 1 : right[right.length - axis];
            if (first != second && first != 1 && second != 1) {
                throw new IllegalArgumentException("shapes " + Arrays.toString(left) + " and " + Arrays.toString(right)
                        + " do not fit each other");
            }
            result[result.length - axis] = first == 1 ? second : first;
        }
        return result;
    }

    /** A shape without some of its axes. */
    public static int[] without(int[] shape, int... axes) {
        return IntStream.range(0, shape.length)
                .filter(axis -> Arrays.stream(axes).noneMatch(dropped -> dropped == axis))
                .map(axis -> shape[axis])
                .toArray();
    }

    /** A shape with some of its axes as 1: those of {@link #without} kept, so that the result broadcasts to the shape. */
    public static int[] kept(int[] shape, int... axes) {
        int[] result = shape.clone();
        for (int axis : axes) {
            result[axis] = 1;
        }
        return result;
    }

    /** The axes along which a shape was repeated to become another one: those to sum over on the way back. */
    public static int[] repeated(int[] shape, int[] broadcast) {
        int missing = broadcast.length - shape.length;
        return IntStream.range(0, broadcast.length)
                .filter(axis -> axis < missing || shape[axis - missing] == 1 && broadcast[axis] != 1)
                .toArray();
    }

    /**
     * Checks that so many values fill a shape.
     *
     * @throws IllegalArgumentException if not
     */
    public static void requireFilled(int values, int... shape) {
        if (size(shape) != values) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " needs " + size(shape) + " values, found " + values);
        }
    }
}
