package dev.vaelab.backend.reference;

import dev.vaelab.api.tensor.Shapes;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Float64 values with a shape.
 *
 * @param shape sizes, outermost axis first
 * @param values in row-major order; they change in variables alone
 */
record DoubleTensor(int[] shape, double[] values) {
    /** @throws IllegalArgumentException if there are not as many values as the shape says */
    DoubleTensor {
        Shapes.requireFilled(values.length, shape);
    }

    /** From float32, which float64 holds exactly. */
    static DoubleTensor of(float[] narrow, int... shape) {
        double[] wide = new double[narrow.length];
        for (int index = 0; index < wide.length; index++) {
            wide[index] = narrow[index];
        }
        return new DoubleTensor(shape.clone(), wide);
    }

    /** One number everywhere. */
    static DoubleTensor filled(double number, int... shape) {
        double[] values = new double[Shapes.size(shape)];
        Arrays.fill(values, number);
        return new DoubleTensor(shape.clone(), values);
    }

    /** The values in another shape: shared, as nobody changes them. */
    DoubleTensor reshaped(int... other) {
        return new DoubleTensor(other.clone(), values);
    }

    /** A function of each value. */
    DoubleTensor map(DoubleUnaryOperator function) {
        double[] results = new double[values.length];
        for (int index = 0; index < results.length; index++) {
            results[index] = function.applyAsDouble(values[index]);
        }
        return new DoubleTensor(shape, results);
    }

    /** The values rounded to float32. */
    float[] toFloats() {
        float[] narrow = new float[values.length];
        for (int index = 0; index < narrow.length; index++) {
            narrow[index] = (float) values[index];
        }
        return narrow;
    }
}
