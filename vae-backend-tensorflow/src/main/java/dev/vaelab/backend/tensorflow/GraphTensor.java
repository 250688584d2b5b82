package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.tensor.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/**
 * A tensor as the operation of TensorFlow that gives it, computed or still to be computed.
 *
 * <p>An operation is known by its kind, its attributes and what it reads, so that two programs of the same operations are the same
 * program. A tensor that has been computed stands for its values alone.
 */
final class GraphTensor {
    private final String operation;
    private final Map<String, Object> attributes;
    private final List<GraphTensor> inputs;
    private final int[] shape;
    private final int depth;
    private TFloat32 value;
    /** Of a variable: what it holds after what has been traced. */
    private GraphTensor current = this;

    private boolean closed;

    private GraphTensor(String operation, int[] shape, Map<String, Object> attributes, List<GraphTensor> inputs) {
        this.operation = operation;
        this.shape = shape.clone();
        this.attributes = attributes;
        this.inputs = inputs;
        depth = 1 + inputs.stream().mapToInt(input -> input.depth).max().orElse(0);
    }

    /** The first output of an operation; the types of its inputs need no attributes. */
    static GraphTensor of(String operation, int[] shape, Map<String, Object> attributes, GraphTensor... inputs) {
        return new GraphTensor(
                operation,
                shape,
                attributes,
                Arrays.stream(inputs).map(GraphTensor::open).toList());
    }

    /** The first output of an operation without attributes. */
    static GraphTensor of(String operation, int[] shape, GraphTensor... inputs) {
        return of(operation, shape, Map.of(), inputs);
    }

    /** Values that are there, with a shape. */
    static GraphTensor of(TFloat32 value, int... shape) {
        GraphTensor tensor = of("Placeholder", shape);
        tensor.value = value;
        return tensor;
    }

    /** A number, which is the same in every step. */
    static GraphTensor number(double number) {
        return of("Const", new int[0], Map.of("value", (float) number));
    }

    /** One number everywhere. */
    static GraphTensor filled(double number, int... shape) {
        return shape.length == 0 ? number(number) : of("Fill", shape, integers(shape), number(number));
    }

    /** A list of whole numbers: a shape, axes or indices. */
    static GraphTensor integers(int... values) {
        return of(
                "Const",
                new int[] {values.length},
                Map.of("value", Arrays.stream(values).boxed().toList()));
    }

    /** A whole number: an axis. */
    static GraphTensor integer(int value) {
        return of("Const", new int[0], Map.of("value", value));
    }

    String operation() {
        return operation;
    }

    Map<String, Object> attributes() {
        return attributes;
    }

    List<GraphTensor> inputs() {
        return inputs;
    }

    int[] shape() {
        return shape.clone();
    }

    int size(int axis) {
        return shape[axis];
    }

    /** Number of operations on the longest way to this one: of what it reads it is less. */
    int depth() {
        return depth;
    }

    /** The values; null if they have not been computed, or not been kept. */
    TFloat32 value() {
        return value;
    }

    /** Keeps the values, which belong to this tensor from here on. */
    void compute(TFloat32 computed) {
        value = computed;
    }

    /** What a program reads where it reads this tensor: for a variable what it holds by then. */
    GraphTensor open() {
        if (closed) {
            throw new IllegalStateException("the scope of the tensor " + Arrays.toString(shape) + " is closed");
        }
        return current;
    }

    /** Lets a variable hold something else. */
    void become(GraphTensor now) {
        current = now;
    }

    /** Frees the values. */
    void close() {
        closed = true;
        if (value != null) {
            value.close();
            value = null;
        }
    }

    GraphTensor as(DataType type) {
        return of("Cast", shape, Map.of("DstT", type), this);
    }

    GraphTensor transpose(int... axes) {
        int[] turned = Arrays.stream(axes).map(axis -> shape[axis]).toArray();
        return of("Transpose", turned, this, integers(axes));
    }

    /** This and another tensor, which are broadcast to each other. */
    GraphTensor with(String operation, GraphTensor other) {
        return of(operation, Shapes.broadcast(shape, other.shape), this, other);
    }

    GraphTensor reshape(int... other) {
        return of("Reshape", other, this, integers(other));
    }

    /** Feature maps from [images, channels, height, width] to [images, height, width, channels]; values as they are. */
    GraphTensor channelsLast() {
        return shape.length == 4 ? transpose(0, 2, 3, 1) : this;
    }

    /** Feature maps from [images, height, width, channels] to [images, channels, height, width]; values as they are. */
    GraphTensor channelsFirst() {
        return shape.length == 4 ? transpose(0, 3, 1, 2) : this;
    }

    GraphTensor matmul(boolean transposed, GraphTensor right, boolean rightTransposed) {
        int[] product = {shape[transposed ? 1 : 0], right.shape[rightTransposed ? 0 : 1]};
        return of("MatMul", product, Map.of("transpose_a", transposed, "transpose_b", rightTransposed), this, right);
    }

    /**
     * The sum over axes, which are dropped: over the innermost ones in float32, which TensorFlow adds up in cascades, over the others
     * in float64, since it adds them one by one.
     */
    GraphTensor sum(int... axes) {
        int inner = shape.length;
        while (contains(axes, inner - 1)) {
            inner--;
        }
        int first = inner;
        GraphTensor inside = reduced(IntStream.range(first, shape.length).toArray());
        int[] others = Arrays.stream(axes).filter(axis -> axis < first).toArray();
        return others.length == 0
                ? inside
                : inside.as(DataType.DT_DOUBLE).reduced(others).as(DataType.DT_FLOAT);
    }

    /** The sum of each channel, which is the last axis: first within an image, then in float64 over images. */
    GraphTensor channelSums() {
        GraphTensor each = shape.length == 4 ? reduced(1, 2) : this;
        return each.as(DataType.DT_DOUBLE).reduced(0).as(DataType.DT_FLOAT);
    }

    private GraphTensor reduced(int... axes) {
        return axes.length == 0 ? this : of("Sum", Shapes.without(shape, axes), this, integers(axes));
    }

    private static boolean contains(int[] axes, int axis) {
        return Arrays.stream(axes).anyMatch(each -> each == axis);
    }

    /** Copies values out of TensorFlow, in row-major order. */
    static float[] values(TFloat32 tensor) {
        float[] values = new float[Math.toIntExact(tensor.shape().size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }

    /** Copies values into TensorFlow. */
    static GraphTensor upload(float[] values, int... shape) {
        Shapes.requireFilled(values.length, shape);
        TFloat32 tensor = TFloat32.tensorOf(Trace.shape(shape));
        tensor.asRawTensor().data().asFloats().write(values);
        return of(tensor, shape);
    }
}
