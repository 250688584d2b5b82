package dev.vaelab.api.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Operations on tensors that read their operands and give a new tensor, and touch nothing else: what an engine computes with, what a
 * tape differentiates, and what a graph is built of.
 *
 * <p>Shapes have their outermost axis first; a scalar has the shape {@code []}. Tensors hold float32, or more. Binary operations
 * broadcast as NumPy does: shapes are aligned at their last axes, and an axis of 1, or a missing one, is repeated. The methods with a
 * body are compositions.
 *
 * @param <T> the tensor
 */
public interface Arithmetic<T> {
    /** The sizes of a tensor, outermost axis first. */
    int[] shape(T tensor);

    /** A tensor that holds one number everywhere. */
    T constant(double value, int... shape);

    /** left + right. */
    T add(T left, T right);

    /** left - right. */
    T subtract(T left, T right);

    /** left * right, element by element. */
    T multiply(T left, T right);

    /** left / right, element by element. */
    T divide(T left, T right);

    /** 1 where left &gt; right, else 0. */
    T greater(T left, T right);

    /**
     * The values of one tensor where a mask is not 0, else those of another: neither is multiplied, so that what is not chosen
     * may be infinite or NaN. All three broadcast.
     */
    T select(T mask, T chosen, T other);

    /** e^x. */
    T exp(T tensor);

    /** e^x - 1, exact for small x. */
    T expm1(T tensor);

    /** Natural logarithm. */
    T log(T tensor);

    /** log(1 + x), exact for small x. */
    T log1p(T tensor);

    /** Square root. */
    T sqrt(T tensor);

    /** Hyperbolic tangent. */
    T tanh(T tensor);

    /** 1 / (1 + e^-x). */
    T sigmoid(T tensor);

    /** log(1 + e^x), which no x overflows. */
    T softplus(T tensor);

    /** max(x, 0); NaN stays NaN. */
    T relu(T tensor);

    /** The sum over axes, which are dropped. In float32 it adds up in cascades, or in float64: not one by one. */
    T sum(T tensor, int... axes);

    /** The largest value along axes, which are dropped. */
    T max(T tensor, int... axes);

    /**
     * The product of two matrices.
     *
     * @param left [rows, inner], or [inner, rows] to be transposed
     * @param right [inner, columns], or [columns, inner] to be transposed
     * @return [rows, columns]
     */
    T matmul(T left, boolean transposeLeft, T right, boolean transposeRight);

    /** The same values in row-major order in another shape. */
    T reshape(T tensor, int... shape);

    /** The same values with the axes in another order: axis {@code i} of the result is axis {@code axes[i]} of the tensor. */
    T transpose(T tensor, int... axes);

    /** A tensor repeated to a shape, by the rule of binary operations. */
    T broadcast(T tensor, int... shape);

    /** Tensors one after the other along an axis; all other axes are the same. */
    T concatenate(List<T> tensors, int axis);

    /** The part of a tensor from one index along an axis up to another, which is not in it. */
    T slice(T tensor, int axis, int from, int to);

    /**
     * A convolution, which does not turn its kernel around.
     *
     * @param input [images, in, height, width]
     * @param weight [out, in, kernel, kernel]
     * @return [images, out, positions, positions]
     */
    T convolve(T input, T weight, Window window);

    /**
     * The derivative of a {@link #convolve convolution} by its input, which is the transposed convolution (V. Dumoulin and F.
     * Visin, 2016, arXiv:1603.07285, chapter 4).
     *
     * @param gradient [images, out, positions, positions]
     * @param weight [out, in, kernel, kernel]
     * @param height of the input: one for which the window has as many positions as the gradient
     * @param width likewise
     * @return [images, in, height, width]
     */
    T convolveByInput(T gradient, T weight, Window window, int height, int width);

    /**
     * The derivative of a {@link #convolve convolution} by its weight.
     *
     * @param input [images, in, height, width]
     * @param gradient [images, out, positions, positions]
     * @return [out, in, kernel, kernel]
     */
    T convolveByWeight(T input, T gradient, Window window);

    /** Each value plus a number that is the same in every step. */
    default T add(T tensor, double number) {
        return add(tensor, constant(number));
    }

    /** Each value times a number that is the same in every step. */
    default T multiply(T tensor, double number) {
        return multiply(tensor, constant(number));
    }

    /** x^2. */
    default T square(T tensor) {
        return multiply(tensor, tensor);
    }

    /** The mean over axes, which are dropped. */
    default T mean(T tensor, int... axes) {
        int[] shape = shape(tensor);
        long count = Arrays.stream(axes).mapToLong(axis -> shape[axis]).reduce(1, (left, right) -> left * right);
        return multiply(sum(tensor, axes), 1.0 / count);
    }

    /** log of the sum of e^x along an axis, which is dropped; no x overflows it. */
    default T logSumExp(T tensor, int axis) {
        T largest = max(tensor, axis);
        T shifted = subtract(tensor, reshape(largest, Shapes.kept(shape(tensor), axis)));
        return add(log(sum(exp(shifted), axis)), largest);
    }

    /**
     * log p(x) of independent Bernoulli values, from logits: the sum of x logit - softplus(logit) (Kingma and Welling 2014,
     * appendix C.1).
     *
     * @param values in [0,1], [rows, ...]
     * @param logits of the same shape
     * @return nats, [rows]
     */
    default T bernoulliLogDensity(T values, T logits) {
        return sum(subtract(multiply(values, logits), softplus(logits)), allButFirst(logits));
    }

    /**
     * The derivative of {@link #bernoulliLogDensity} by the logits: (x - sigmoid(logit)) times the derivative by the density.
     *
     * @param gradient the derivative by the density, [rows]
     * @return [rows, ...]
     */
    default T bernoulliByLogits(T values, T logits, T gradient) {
        T ofRows = reshape(gradient, Shapes.kept(shape(logits), allButFirst(logits)));
        return multiply(subtract(values, sigmoid(logits)), ofRows);
    }

    /**
     * KL(N(mean, variance) || N(0, 1)), summed over dimensions: (e^l - 1 - l + mean^2) / 2 for the log-variance l (Kingma and
     * Welling 2014, appendix B).
     *
     * @param mean [rows, dimensions]
     * @param logVariance [rows, dimensions]
     * @return nats, [rows]
     */
    default T standardGaussianKl(T mean, T logVariance) {
        T terms = add(subtract(expm1(logVariance), logVariance), square(mean));
        return multiply(sum(terms, 1), 0.5);
    }

    /** mean + e^(log-variance / 2) * noise, for tensors of one shape (Kingma and Welling 2014, section 2.4). */
    default T reparameterize(T mean, T logVariance, T noise) {
        return add(mean, multiply(exp(multiply(logVariance, 0.5)), noise));
    }

    private int[] allButFirst(T tensor) {
        return IntStream.range(1, shape(tensor).length).toArray();
    }
}
