package dev.vaelab.api.network;

import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.tensor.Window;
import java.util.List;

/**
 * One layer of a network. Shapes are those of one image's features, without the axis of images: {@code [channels, height, width]}
 * or {@code [values]}.
 *
 * <p>Layouts and definitions are PyTorch's.
 */
public sealed interface Layer {
    /**
     * What the layer makes of features of a shape.
     *
     * @throws IllegalArgumentException if it does not take them; the message completes "expected ..."
     */
    List<Integer> output(List<Integer> input);

    /** Multiplications and additions for one image, two for each pair of a weight and a value that it is multiplied with. */
    default long operations(List<Integer> input) {
        return 0;
    }

    /**
     * The layer's tensors in canonical order; none if it has no name.
     *
     * @param bias the role of a bias, which a batch normalization that follows takes out again
     */
    default List<TensorSpecification> tensors(TensorRole bias) {
        return List.of();
    }

    /** The answer for this kind of layer. */
    <R> R accept(Visitor<R> visitor);

    /**
     * An answer for each kind of layer; a kind that is added does not compile until everyone has decided.
     *
     * @param <R> the answer
     */
    interface Visitor<R> {
        /** For {@link Convolution}. */
        R convolution(Convolution layer);

        /** For {@link TransposedConvolution}. */
        R transposedConvolution(TransposedConvolution layer);

        /** For {@link Linear}. */
        R linear(Linear layer);

        /** For {@link BatchNormalization}. */
        R batchNormalization(BatchNormalization layer);

        /** For {@link Activation}. */
        R activation(Activation layer);

        /** For {@link Flatten}. */
        R flatten(Flatten layer);

        /** For {@link Reshape}. */
        R reshape(Reshape layer);
    }

    /** A layer with a weight and a bias, which has a name of its own. */
    sealed interface Weighted extends Layer {
        /** Canonical name, for example {@code encoder.conv1}. */
        String name();

        /** Shape of the weight, in PyTorch's layout. */
        List<Integer> weightShape();

        /** Number of biases. */
        int outputs();

        /** Inputs of one output value as PyTorch counts them. */
        int fanIn();

        @Override
        default List<TensorSpecification> tensors(TensorRole bias) {
            return List.of(
                    new TensorSpecification(name() + ".weight", weightShape(), TensorRole.UNIFORM, fanIn()),
                    new TensorSpecification(name() + ".bias", List.of(outputs()), bias, fanIn()));
        }
    }

    /**
     * A convolution with a bias. Weight [out, in, kernel, kernel].
     *
     * @param name canonical name
     * @param in channels that go in
     * @param out channels that come out
     * @param window how the kernel moves
     */
    record Convolution(String name, int in, int out, Window window) implements Weighted {
        @Override
        public List<Integer> output(List<Integer> input) {
            requireMap(input, in);
            // Kernels of engines count the places of a padded map with int, beyond which they fail in words of their
            // own.
            Math.multiplyExact(window.padded(input.get(1)), window.padded(input.get(2)));
            int height = window.positions(input.get(1));
            int width = window.positions(input.get(2));
            if (height < 1 || width < 1) {
                throw new IllegalArgumentException("features that a kernel of " + window.kernel() + " with padding "
                        + window.padding() + " fits into");
            }
            return List.of(out, height, width);
        }

        @Override
        public long operations(List<Integer> input) {
            List<Integer> output = output(input);
            return 2L * size(weightShape()) * output.get(1) * output.get(2);
        }

        @Override
        public List<Integer> weightShape() {
            return List.of(out, in, window.kernel(), window.kernel());
        }

        @Override
        public int outputs() {
            return out;
        }

        @Override
        public int fanIn() {
            return size(List.of(in, window.kernel(), window.kernel()));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.convolution(this);
        }
    }

    /**
     * A transposed convolution with a bias: its output has the size for which a convolution of the same window has as many
     * positions as the input. Weight [in, out, kernel, kernel].
     *
     * @param name canonical name
     * @param in channels that go in
     * @param out channels that come out
     * @param window how the kernel of that convolution moves
     * @param outputPadding rows and columns that the output has at its end beyond those that the kernel reaches, less than the
     *     stride
     */
    record TransposedConvolution(String name, int in, int out, Window window, int outputPadding) implements Weighted {
        /** @throws IllegalArgumentException if the padding of the output is negative or not less than the stride */
        public TransposedConvolution {
            if (outputPadding < 0 || outputPadding > 0 && outputPadding >= window.stride()) {
                throw new IllegalArgumentException(
                        "an output padding less than the stride " + window.stride() + ", found " + outputPadding);
            }
        }

        @Override
        public List<Integer> output(List<Integer> input) {
            requireMap(input, in);
            int height = window.reach(input.get(1)) + outputPadding;
            int width = window.reach(input.get(2)) + outputPadding;
            if (height < 1 || width < 1) {
                throw new IllegalArgumentException(
                        "features that a padding of " + window.padding() + " leaves something of");
            }
            return List.of(out, height, width);
        }

        @Override
        public long operations(List<Integer> input) {
            return 2L * size(weightShape()) * input.get(1) * input.get(2);
        }

        @Override
        public List<Integer> weightShape() {
            return List.of(in, out, window.kernel(), window.kernel());
        }

        @Override
        public int outputs() {
            return out;
        }

        @Override
        public int fanIn() {
            return size(List.of(out, window.kernel(), window.kernel()));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.transposedConvolution(this);
        }
    }

    /**
     * A linear layer with a bias. Weight [out, in].
     *
     * @param name canonical name
     * @param in values that go in
     * @param out values that come out
     */
    record Linear(String name, int in, int out) implements Weighted {
        @Override
        public List<Integer> output(List<Integer> input) {
            if (!input.equals(List.of(in))) {
                throw new IllegalArgumentException(in + " values");
            }
            return List.of(out);
        }

        @Override
        public long operations(List<Integer> input) {
            return 2L * in * out;
        }

        @Override
        public List<Integer> weightShape() {
            return List.of(out, in);
        }

        @Override
        public int outputs() {
            return out;
        }

        @Override
        public int fanIn() {
            return in;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.linear(this);
        }
    }

    /**
     * Batch normalization of each channel, or of each value where there are no channels (S. Ioffe and C. Szegedy, 2015,
     * arXiv:1502.03167, algorithms 1 and 2). It has scale, shift, running mean and running variance.
     *
     * @param name canonical name
     * @param channels how many
     */
    record BatchNormalization(String name, int channels) implements Layer {
        /** Added to the variance. */
        public static final double EPSILON = 1e-5;

        /** Share of the new batch in the running statistics. */
        public static final double MOMENTUM = 0.1;

        @Override
        public List<Integer> output(List<Integer> input) {
            if (input.get(0) != channels) {
                throw new IllegalArgumentException(channels + " channels");
            }
            return input;
        }

        @Override
        public List<TensorSpecification> tensors(TensorRole bias) {
            List<Integer> shape = List.of(channels);
            return List.of(
                    new TensorSpecification(name + ".weight", shape, TensorRole.SCALE),
                    new TensorSpecification(name + ".bias", shape, TensorRole.SHIFT),
                    new TensorSpecification(name + ".running_mean", shape, TensorRole.RUNNING_MEAN),
                    new TensorSpecification(name + ".running_var", shape, TensorRole.RUNNING_VARIANCE));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.batchNormalization(this);
        }
    }

    /**
     * A function of each value.
     *
     * @param function which
     */
    record Activation(Function function) implements Layer {
        /** The functions that there are, with PyTorch's definitions and constants. */
        public enum Function {
            /** max(x, 0). */
            RELU,
            /** Hyperbolic tangent. */
            TANH,
            /** x where it is positive, else e^x - 1. */
            ELU,
            /** x where it is positive, else x / 100. */
            LEAKY_RELU,
            /** log(1 + e^x). */
            SOFTPLUS,
            /** 1 / (1 + e^-x). */
            SIGMOID
        }

        @Override
        public List<Integer> output(List<Integer> input) {
            return input;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.activation(this);
        }
    }

    /** Feature maps as values, in the order channels, rows, columns. */
    record Flatten() implements Layer {
        @Override
        public List<Integer> output(List<Integer> input) {
            return List.of(size(input));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.flatten(this);
        }
    }

    /**
     * Values as feature maps, in the order channels, rows, columns.
     *
     * @param shape [channels, height, width]
     */
    record Reshape(List<Integer> shape) implements Layer {
        /** Copies the shape. */
        public Reshape {
            shape = List.copyOf(shape);
        }

        @Override
        public List<Integer> output(List<Integer> input) {
            if (size(input) != size(shape)) {
                throw new IllegalArgumentException(size(shape) + " values");
            }
            return shape;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.reshape(this);
        }
    }

    private static void requireMap(List<Integer> input, int channels) {
        if (input.size() != 3 || input.get(0) != channels) {
            throw new IllegalArgumentException("feature maps of " + channels + " channels");
        }
    }

    private static int size(List<Integer> shape) {
        return Shapes.size(shape.stream().mapToInt(Integer::intValue).toArray());
    }
}
