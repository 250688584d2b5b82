package dev.vaelab.api.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor together with the operations on it, so that formulas read as in the paper: {@code
 * z.minus(mean).squared().over(variance).sum(1)}.
 *
 * @param operations of the tensor
 * @param value the tensor
 * @param <X> its type: an engine's tensor where a formula is evaluated, a variable of a tape where it is differentiated
 */
public record Operand<X>(TensorOperations<X> operations, X value) {
    /** Another tensor of the same operations. */
    public Operand<X> of(X other) {
        return new Operand<>(operations, other);
    }

    /** A number, to be combined with tensors of any shape; it is the same in every step. */
    public Operand<X> number(double number) {
        return of(operations.constant(number));
    }

    /** this + other. */
    public Operand<X> plus(Operand<X> other) {
        return of(operations.add(value, other.value));
    }

    /** this + number. */
    public Operand<X> plus(double number) {
        return of(operations.add(value, number));
    }

    /** this - other. */
    public Operand<X> minus(Operand<X> other) {
        return of(operations.subtract(value, other.value));
    }

    /** this - number. */
    public Operand<X> minus(double number) {
        return plus(-number);
    }

    /** this * other. */
    public Operand<X> times(Operand<X> other) {
        return of(operations.multiply(value, other.value));
    }

    /** this * number. */
    public Operand<X> times(double number) {
        return of(operations.multiply(value, number));
    }

    /** this / other. */
    public Operand<X> over(Operand<X> other) {
        return of(operations.divide(value, other.value));
    }

    /** this / number. */
    public Operand<X> over(double number) {
        return times(1 / number);
    }

    /** -this. */
    public Operand<X> negated() {
        return times(-1);
    }

    /** this^2. */
    public Operand<X> squared() {
        return of(operations.square(value));
    }

    /** e^this. */
    public Operand<X> exp() {
        return of(operations.exp(value));
    }

    /** e^this - 1. */
    public Operand<X> expm1() {
        return of(operations.expm1(value));
    }

    /** Natural logarithm. */
    public Operand<X> log() {
        return of(operations.log(value));
    }

    /** log(1 + this). */
    public Operand<X> log1p() {
        return of(operations.log1p(value));
    }

    /** Square root. */
    public Operand<X> sqrt() {
        return of(operations.sqrt(value));
    }

    /** Hyperbolic tangent. */
    public Operand<X> tanh() {
        return of(operations.tanh(value));
    }

    /** 1 / (1 + e^-this). */
    public Operand<X> sigmoid() {
        return of(operations.sigmoid(value));
    }

    /** log(1 + e^this). */
    public Operand<X> softplus() {
        return of(operations.softplus(value));
    }

    /** max(this, 0). */
    public Operand<X> relu() {
        return of(operations.relu(value));
    }

    /** |this|, whose derivative at 0 is 0. */
    public Operand<X> abs() {
        return relu().plus(negated().relu());
    }

    /** 1 where this &gt; other, else 0: a mask for {@link #select}. */
    public Operand<X> greater(Operand<X> other) {
        return of(operations.greater(value, other.value));
    }

    /** Of this mask: one tensor where it is not 0, else another. */
    public Operand<X> select(Operand<X> chosen, Operand<X> other) {
        return of(operations.select(value, chosen.value, other.value));
    }

    /** The sum over axes, which are dropped. */
    public Operand<X> sum(int... axes) {
        return of(operations.sum(value, axes));
    }

    /** The mean over axes, which are dropped. */
    public Operand<X> mean(int... axes) {
        return of(operations.mean(value, axes));
    }

    /** log of the sum of e^this along an axis, which is dropped. */
    public Operand<X> logSumExp(int axis) {
        return of(operations.logSumExp(value, axis));
    }

    /** The same values, by way of which nothing is differentiated, see {@link TensorOperations#stopGradient}. */
    public Operand<X> stopGradient() {
        return of(operations.stopGradient(value));
    }

    /**
     * The same values, the derivative by which is multiplied by a factor, see {@link TensorOperations#scaleGradient}.
     *
     * @param factor asked for in the backward pass; it broadcasts to this
     */
    public Operand<X> scaleGradient(Supplier<Operand<X>> factor) {
        return of(operations.scaleGradient(value, () -> factor.get().value));
    }

    /** The product of two matrices. */
    public Operand<X> matmul(Operand<X> other) {
        return of(operations.matmul(value, false, other.value, false));
    }

    /** The same values in another shape. */
    public Operand<X> reshape(int... shape) {
        return of(operations.reshape(value, shape));
    }

    /** The same values with the axes in another order. */
    public Operand<X> transpose(int... axes) {
        return of(operations.transpose(value, axes));
    }

    /** Repeated to a shape. */
    public Operand<X> broadcast(int... shape) {
        return of(operations.broadcast(value, shape));
    }

    /** The part from one index along an axis up to another, which is not in it. */
    public Operand<X> slice(int axis, int from, int to) {
        return of(operations.slice(value, axis, from, to));
    }

    /** This and others, one after the other along an axis. */
    public Operand<X> concatenate(int axis, List<Operand<X>> others) {
        List<X> all = new ArrayList<>(List.of(value));
        others.forEach(other -> all.add(other.value));
        return of(operations.concatenate(all, axis));
    }

    /**
     * Each entry along the first axis so many times in a row: [rows, ...] to [rows * times, ...], the copies of a row one behind
     * the other.
     */
    public Operand<X> repeatEach(int times) {
        if (times == 1) {
            return this;
        }
        int[] shape = shape();
        int rest = Shapes.size(shape) / shape[0];
        int[] result = shape.clone();
        result[0] = shape[0] * times;
        return reshape(shape[0], 1, rest).broadcast(shape[0], times, rest).reshape(result);
    }

    /**
     * The inverse of {@link #repeatEach}, of copies that differ: of each group of entries along the first axis, those from one index
     * up to another, which is not in it: [rows * each, ...] to [rows * (to - from), ...].
     *
     * @param each entries of a group
     */
    public Operand<X> ofEach(int each, int from, int to) {
        if (from == 0 && to == each) {
            return this;
        }
        int[] shape = shape();
        int groups = shape[0] / each;
        int[] result = shape.clone();
        result[0] = groups * (to - from);
        return reshape(groups, each, Shapes.size(shape) / shape[0])
                .slice(1, from, to)
                .reshape(result);
    }

    /** See {@link TensorOperations#bernoulliLogDensity}: this are the values. */
    public Operand<X> bernoulliLogDensity(Operand<X> logits) {
        return of(operations.bernoulliLogDensity(value, logits.value));
    }

    /** See {@link TensorOperations#standardGaussianKl}: this is the mean. */
    public Operand<X> standardGaussianKl(Operand<X> logVariance) {
        return of(operations.standardGaussianKl(value, logVariance.value));
    }

    /** See {@link TensorOperations#reparameterize}: this is the mean. */
    public Operand<X> reparameterize(Operand<X> logVariance, Operand<X> noise) {
        return of(operations.reparameterize(value, logVariance.value, noise.value));
    }

    /** The sizes, outermost axis first. */
    public int[] shape() {
        return operations.shape(value);
    }

    /** The size of an axis. */
    public int size(int axis) {
        return shape()[axis];
    }
}
