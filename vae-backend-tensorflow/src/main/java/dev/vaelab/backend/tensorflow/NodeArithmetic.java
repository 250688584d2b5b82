package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.tensor.Arithmetic;
import dev.vaelab.api.tensor.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.Conv2dBackpropFilter;
import org.tensorflow.op.nn.Conv2dBackpropInput;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * TensorFlow's operations, in float32.
 *
 * <p>TensorFlow's kernels for processors have their channels last, so that is how a convolution gives its feature maps. They stay so in
 * all that is computed from them element by element or summed up over them; for everything else they are transposed.
 */
final class NodeArithmetic implements Arithmetic<Node> {
    private static final int[] LAST = {0, 2, 3, 1};
    private static final int[] FIRST = {0, 3, 1, 2};

    private final Ops tf;
    /** Numbers as truth values: of comparisons what they were before they became numbers. */
    private final Map<Operation, Operand<TBool>> masks = new HashMap<>();

    NodeArithmetic(Ops tf) {
        this.tf = tf;
    }

    private static Node laid(Operand<TFloat32> output, boolean channelsLast) {
        return new Node(output.asOutput().op(), channelsLast);
    }

    private static Node node(Operand<TFloat32> output) {
        return laid(output, false);
    }

    private Operand<TInt32> integers(int... values) {
        return tf.constant(values);
    }

    /** The output as it is meant: of feature maps the channels are the second axis. */
    Operand<TFloat32> canonical(Node node) {
        return node.channelsLast() ? tf.linalg.transpose(node.output(), integers(FIRST)) : node.output();
    }

    /** The output with its channels last; what has fewer axes becomes what broadcasts to feature maps. */
    private Operand<TFloat32> channelsLast(Node node) {
        int[] shape = shape(node);
        if (node.channelsLast() || shape.length == 0) {
            return node.output();
        }
        int[] four = {1, 1, 1, 1};
        System.arraycopy(shape, 0, four, four.length - shape.length, shape.length);
        Operand<TFloat32> maps =
                shape.length == four.length ? node.output() : tf.reshape(node.output(), integers(four));
        return tf.linalg.transpose(maps, integers(LAST));
    }

    private Operand<TFloat32> operand(Node node, boolean channelsLast) {
        return channelsLast ? channelsLast(node) : node.output();
    }

    @Override
    public int[] shape(Node node) {
        int[] sizes = Arrays.stream(node.output().asOutput().shape().asArray())
                .mapToInt(Math::toIntExact)
                .toArray();
        return node.channelsLast()
                ? Arrays.stream(FIRST).map(axis -> sizes[axis]).toArray()
                : sizes;
    }

    /** One number everywhere. */
    @Override
    public Node constant(double value, int... shape) {
        Operand<TFloat32> number = tf.constant((float) value);
        return node(shape.length == 0 ? number : tf.fill(integers(shape), number));
    }

    private Node binary(Node left, Node right, BinaryOperator<Operand<TFloat32>> operation) {
        boolean last = left.channelsLast() || right.channelsLast();
        return laid(operation.apply(operand(left, last), operand(right, last)), last);
    }

    private static Node unary(Node node, UnaryOperator<Operand<TFloat32>> operation) {
        return laid(operation.apply(node.output()), node.channelsLast());
    }

    @Override
    public Node add(Node left, Node right) {
        return binary(left, right, tf.math::add);
    }

    @Override
    public Node subtract(Node left, Node right) {
        return binary(left, right, tf.math::sub);
    }

    @Override
    public Node multiply(Node left, Node right) {
        return binary(left, right, tf.math::mul);
    }

    @Override
    public Node divide(Node left, Node right) {
        return binary(left, right, tf.math::div);
    }

    @Override
    public Node greater(Node left, Node right) {
        return binary(left, right, (first, second) -> {
            Operand<TBool> greater = tf.math.greater(first, second);
            Operand<TFloat32> mask = tf.dtypes.cast(greater, TFloat32.class);
            masks.put(mask.asOutput().op(), greater);
            return mask;
        });
    }

    @Override
    public Node select(Node mask, Node chosen, Node other) {
        boolean last = mask.channelsLast() || chosen.channelsLast() || other.channelsLast();
        Operand<TFloat32> values = operand(mask, last);
        Operation operation = values.asOutput().op();
        Operand<TBool> where = masks.computeIfAbsent(operation, key -> tf.dtypes.cast(values, TBool.class));
        return laid(tf.select(where, operand(chosen, last), operand(other, last)), last);
    }

    @Override
    public Node exp(Node tensor) {
        return unary(tensor, tf.math::exp);
    }

    @Override
    public Node expm1(Node tensor) {
        return unary(tensor, tf.math::expm1);
    }

    @Override
    public Node log(Node tensor) {
        return unary(tensor, tf.math::log);
    }

    @Override
    public Node log1p(Node tensor) {
        return unary(tensor, tf.math::log1p);
    }

    @Override
    public Node sqrt(Node tensor) {
        return unary(tensor, tf.math::sqrt);
    }

    @Override
    public Node tanh(Node tensor) {
        return unary(tensor, tf.math::tanh);
    }

    @Override
    public Node sigmoid(Node tensor) {
        return unary(tensor, tf.math::sigmoid);
    }

    @Override
    public Node softplus(Node tensor) {
        return unary(tensor, tf.math::softplus);
    }

    @Override
    public Node relu(Node tensor) {
        return unary(tensor, tf.nn::relu);
    }

    /**
     * Over the innermost axes, or within an image, in float32, which TensorFlow adds up in cascades; over the others in float64, since it
     * adds them one by one.
     */
    @Override
    public Node sum(Node tensor, int... axes) {
        Set<Integer> dropped = Arrays.stream(axes).boxed().collect(Collectors.toSet());
        if (tensor.channelsLast() && dropped.equals(Set.of(0, 2, 3))) {
            return node(exactSum(tf.sum(tensor.output(), integers(1, 2)), 0));
        }
        int rank = shape(tensor).length;
        int lastKept = IntStream.range(0, rank)
                .filter(axis -> !dropped.contains(axis))
                .max()
                .orElse(-1);
        int[] outer = Arrays.stream(axes).filter(axis -> axis < lastKept).toArray();
        int[] cascaded = IntStream.range(lastKept + 1, rank).toArray();
        Operand<TFloat32> operand = canonical(tensor);
        Operand<TFloat32> summed = cascaded.length == 0 ? operand : tf.sum(operand, integers(cascaded));
        return node(outer.length == 0 ? summed : exactSum(summed, outer));
    }

    private Operand<TFloat32> exactSum(Operand<TFloat32> operand, int... axes) {
        Operand<TFloat64> sum = tf.sum(tf.dtypes.cast(operand, TFloat64.class), integers(axes));
        return tf.dtypes.cast(sum, TFloat32.class);
    }

    @Override
    public Node max(Node tensor, int... axes) {
        return node(tf.max(canonical(tensor), integers(axes)));
    }

    @Override
    public Node matmul(Node left, boolean transposeLeft, Node right, boolean transposeRight) {
        return node(tf.linalg.matMul(
                canonical(left),
                canonical(right),
                MatMul.transposeA(transposeLeft),
                MatMul.transposeB(transposeRight)));
    }

    @Override
    public Node reshape(Node tensor, int... shape) {
        return node(tf.reshape(canonical(tensor), integers(shape)));
    }

    @Override
    public Node transpose(Node tensor, int... axes) {
        return node(tf.linalg.transpose(canonical(tensor), integers(axes)));
    }

    @Override
    public Node broadcast(Node tensor, int... shape) {
        return node(tf.broadcastTo(canonical(tensor), integers(shape)));
    }

    @Override
    public Node concatenate(List<Node> tensors, int axis) {
        List<Operand<TFloat32>> operands = new ArrayList<>();
        tensors.forEach(tensor -> operands.add(canonical(tensor)));
        return node(tf.concat(operands, tf.constant(axis)));
    }

    @Override
    public Node slice(Node tensor, int axis, int from, int to) {
        int[] size = shape(tensor);
        int[] begin = new int[size.length];
        begin[axis] = from;
        size[axis] = to - from;
        return node(tf.slice(canonical(tensor), integers(begin), integers(size)));
    }

    @Override
    public Node convolve(Node input, Node weight, Window window) {
        int[] shape = shape(input);
        Padding padding = Padding.of(window, shape[2], shape[3]);
        return laid(
                tf.nn.conv2d(
                        channelsLast(input),
                        kernel(weight),
                        padding.strides(),
                        padding.name(),
                        Conv2d.explicitPaddings(padding.zeros())),
                true);
    }

    @Override
    public Node convolveByInput(Node gradient, Node weight, Window window, int height, int width) {
        Padding padding = Padding.of(window, height, width);
        int[] shape = {shape(gradient)[0], height, width, shape(weight)[1]};
        return laid(
                tf.nn.conv2dBackpropInput(
                        integers(shape),
                        kernel(weight),
                        channelsLast(gradient),
                        padding.strides(),
                        padding.name(),
                        Conv2dBackpropInput.explicitPaddings(padding.zeros())),
                true);
    }

    @Override
    public Node convolveByWeight(Node input, Node gradient, Window window) {
        int[] shape = shape(input);
        Padding padding = Padding.of(window, shape[2], shape[3]);
        int[] kernel = {window.kernel(), window.kernel(), shape[1], shape(gradient)[1]};
        return node(tf.linalg.transpose(
                tf.nn.conv2dBackpropFilter(
                        channelsLast(input),
                        integers(kernel),
                        channelsLast(gradient),
                        padding.strides(),
                        padding.name(),
                        Conv2dBackpropFilter.explicitPaddings(padding.zeros())),
                integers(3, 2, 0, 1)));
    }

    /** TensorFlow's order of weights: [kernel, kernel, in, out]. */
    private Operand<TFloat32> kernel(Node weight) {
        return tf.linalg.transpose(canonical(weight), integers(2, 3, 1, 0));
    }

    /** How a window pads. oneDNN has derivatives only for the paddings that have a name. */
    private record Padding(String name, List<Long> zeros, List<Long> strides) {
        static Padding of(Window window, int... sides) {
            long zeros = window.padding();
            boolean same = Arrays.stream(sides).allMatch(side -> {
                int positions = (side - 1) / window.stride() + 1;
                int missing = (positions - 1) * window.stride() + window.kernel() - side;
                return window.positions(side) == positions && Math.max(missing, 0) / 2 == zeros;
            });
            String name = zeros == 0 ? "VALID" : same ? "SAME" : "EXPLICIT";
            List<Long> explicit =
                    name.equals("EXPLICIT") ? List.of(0L, 0L, zeros, zeros, zeros, zeros, 0L, 0L) : List.of();
            long stride = window.stride();
            return new Padding(name, explicit, List.of(1L, stride, stride, 1L));
        }
    }
}
