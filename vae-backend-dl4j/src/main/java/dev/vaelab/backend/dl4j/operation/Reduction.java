package dev.vaelab.backend.dl4j.operation;

import java.nio.FloatBuffer;
import java.util.function.DoubleBinaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What becomes of the values along some axes of an array, in float64.
 *
 * <p>The engine's own sums add up in float32, one value after the other: of a million tenths they get the third digit wrong. One
 * pass in Java takes no longer.
 */
public enum Reduction {
    /** The sum. */
    SUM(0, Double::sum),
    /** The largest value; NaN if one is. */
    MAXIMUM(Double.NEGATIVE_INFINITY, Math::max);

    private final double start;
    private final DoubleBinaryOperator combination;

    Reduction(double start, DoubleBinaryOperator combination) {
        this.start = start;
        this.combination = combination;
    }

    /**
     * Reduces.
     *
     * @param array in row-major order
     * @param axes those that are dropped
     * @param result receives the results, in row-major order of the axes that are left
     * @return the result
     */
    public INDArray apply(INDArray array, int[] axes, INDArray result) {
        int rank = array.rank();
        boolean[] dropped = new boolean[rank];
        for (int axis : axes) {
            dropped[axis] = true;
        }
        // The last axes that are all kept or all dropped are a stretch of values; the others count the stretches.
        int counted = rank;
        int stretch = 1;
        boolean folding = rank > 0 && dropped[rank - 1];
        while (counted > 0 && dropped[counted - 1] == folding) {
            counted--;
            stretch *= Math.toIntExact(array.size(counted));
        }
        double[] reduced = new double[Math.toIntExact(result.length())];
        java.util.Arrays.fill(reduced, start);
        FloatBuffer values = Arrays.floats(array);
        Walk walk = new Walk(array, dropped, counted, folding ? 1 : stretch);
        for (int begin = 0; begin < values.limit(); begin += stretch) {
            int target = walk.target();
            if (folding) {
                reduced[target] = combination.applyAsDouble(reduced[target], fold(values, begin, begin + stretch));
            } else {
                for (int offset = 0; offset < stretch; offset++) {
                    reduced[target + offset] =
                            combination.applyAsDouble(reduced[target + offset], values.get(begin + offset));
                }
            }
            walk.advance();
        }
        FloatBuffer results = Arrays.floats(result);
        for (int index = 0; index < reduced.length; index++) {
            results.put(index, (float) reduced[index]);
        }
        return result;
    }

    /** Four at a time, which do not wait for each other. */
    private double fold(FloatBuffer values, int begin, int end) {
        double first = start;
        double second = start;
        double third = start;
        double fourth = start;
        int index = begin;
        for (; index + 3 < end; index += 4) {
            first = combination.applyAsDouble(first, values.get(index));
            second = combination.applyAsDouble(second, values.get(index + 1));
            third = combination.applyAsDouble(third, values.get(index + 2));
            fourth = combination.applyAsDouble(fourth, values.get(index + 3));
        }
        for (; index < end; index++) {
            first = combination.applyAsDouble(first, values.get(index));
        }
        return combination.applyAsDouble(
                combination.applyAsDouble(first, second), combination.applyAsDouble(third, fourth));
    }

    /** Goes through the indices of the outer axes in row-major order, and knows the place of each in the result. */
    private static final class Walk {
        private final int[] sizes;
        private final int[] steps;
        private final int[] indices;
        private int target;

        Walk(INDArray array, boolean[] dropped, int axes, int inner) {
            sizes = new int[axes];
            steps = new int[axes];
            indices = new int[axes];
            int step = inner;
            for (int axis = axes - 1; axis >= 0; axis--) {
                sizes[axis] = Math.toIntExact(array.size(axis));
                if (!dropped[axis]) {
                    steps[axis] = step;
                    step *= sizes[axis];
                }
            }
        }

        int target() {
            return target;
        }

        void advance() {
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                target += steps[axis];
                if (++indices[axis] < sizes[axis]) {
                    return;
                }
                target -= steps[axis] * sizes[axis];
                indices[axis] = 0;
            }
        }
    }
}
