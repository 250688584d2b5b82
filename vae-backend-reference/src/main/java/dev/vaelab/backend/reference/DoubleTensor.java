package dev.vaelab.backend.reference;

import dev.vaelab.api.weights.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Float64 values with a shape that never change, together with what they were computed from.
 *
 * <p>A tensor without inputs is a constant or a weight. A tensor with inputs knows the chain rule through the
 * computation that made it, so that {@link Backpropagation} can differentiate by every tensor that went into a result.
 */
final class DoubleTensor {
    /** The chain rule through one computation. */
    @FunctionalInterface
    interface ChainRule {
        /**
         * Passes a gradient on.
         *
         * @param gradient derivative of the objective by the output, of the output's shape
         * @return derivative of the objective by each input, in the order and of the shapes of the inputs
         */
        List<DoubleTensor> apply(DoubleTensor gradient);
    }

    private static final ChainRule NO_INPUTS = gradient -> List.of();

    private final int[] shape;
    private final double[] values;
    private final List<DoubleTensor> inputs;
    private final ChainRule chainRule;

    private DoubleTensor(int[] shape, double[] values, List<DoubleTensor> inputs, ChainRule chainRule) {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " needs " + size + " values, found " + values.length);
        }
        this.shape = shape;
        this.values = values;
        this.inputs = inputs;
        this.chainRule = chainRule;
    }

    /**
     * A constant or a weight.
     *
     * @param values in row-major order, taken over
     * @throws IllegalArgumentException if there are not as many values as the shape says
     */
    static DoubleTensor of(double[] values, int... shape) {
        return new DoubleTensor(shape, values, List.of(), NO_INPUTS);
    }

    /** A constant or a weight from float32, which float64 holds exactly. */
    static DoubleTensor of(float[] values, int... shape) {
        double[] wide = new double[values.length];
        for (int index = 0; index < values.length; index++) {
            wide[index] = values[index];
        }
        return of(wide, shape);
    }

    /** A weight from outside the engine. */
    static DoubleTensor of(Tensor tensor) {
        return of(
                tensor.values(),
                tensor.shape().stream().mapToInt(Integer::intValue).toArray());
    }

    /** Other values in the shape of this tensor, as a constant or a weight. */
    DoubleTensor withValues(double[] otherValues) {
        return of(otherValues, shape);
    }

    /** These values as the result of a computation. */
    DoubleTensor computedFrom(List<DoubleTensor> origins, ChainRule rule) {
        return new DoubleTensor(shape, values, List.copyOf(origins), rule);
    }

    /** The same values in another shape. */
    DoubleTensor reshaped(int... newShape) {
        return new DoubleTensor(newShape, values, List.of(this), gradient -> List.of(withValues(gradient.values)));
    }

    /** The sum of two tensors of one shape, as a constant. */
    DoubleTensor plus(DoubleTensor other) {
        double[] sum = values.clone();
        for (int index = 0; index < sum.length; index++) {
            sum[index] += other.values[index];
        }
        return withValues(sum);
    }

    /** All values multiplied by one number, as a constant. */
    DoubleTensor times(double factor) {
        return withValues(Arrays.stream(values).map(value -> factor * value).toArray());
    }

    /** Size along one dimension, outermost first. */
    int size(int dimension) {
        return shape[dimension];
    }

    /** The values in row-major order: shared, to be read only. */
    double[] values() {
        return values;
    }

    /** What this tensor was computed from. */
    List<DoubleTensor> inputs() {
        return inputs;
    }

    /** The chain rule through the computation that made this tensor. */
    ChainRule chainRule() {
        return chainRule;
    }

    /** Mean of all values. */
    double mean() {
        return Arrays.stream(values).sum() / values.length;
    }

    /** The values rounded to float32. */
    float[] toFloats() {
        float[] narrow = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            narrow[index] = (float) values[index];
        }
        return narrow;
    }

    /** The tensor as it leaves the engine, rounded to float32. */
    Tensor toTensor() {
        return new Tensor(Arrays.stream(shape).boxed().toList(), toFloats());
    }
}
