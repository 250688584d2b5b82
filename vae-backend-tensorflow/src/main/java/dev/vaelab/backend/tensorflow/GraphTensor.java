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
    final String operation;
    final Map<String, Object> attributes;
    final List<GraphTensor> inputs;
    final int[] shape;
    /** Number of operations on the longest way to this one: of what it reads it is less. */
    final int depth;
    /** The values; null if they have not been computed, or not been kept. */
    TFloat32 value;

    private boolean closed;

    private GraphTensor(String operation, int[] shape, Map<String, Object> attributes, GraphTensor... inputs) {
        this.operation = operation;
        this.shape = shape.clone();
        this.attributes = attributes;
        this.inputs = List.of(inputs);
        this.inputs.forEach(GraphTensor::requireOpen);
        depth = 1 + this.inputs.stream().mapToInt(input -> input.depth).max().orElse(0);
    }

    /** The first output of an operation; the types of its inputs need no attributes. */
    static GraphTensor of(String operation, int[] shape, Map<String, Object> attributes, GraphTensor... inputs) {
        return new GraphTensor(operation, shape, attributes, inputs);
    }

    /** The first output of an operation without attributes. */
    static GraphTensor of(String operation, int[] shape, GraphTensor... inputs) {
        return of(operation, shape, Map.of(), inputs);
    }

    /** Copies values into TensorFlow. */
    static GraphTensor upload(float[] values, int... shape) {
        Shapes.requireFilled(values.length, shape);
        GraphTensor tensor = of("Placeholder", shape);
        tensor.value = TFloat32.tensorOf(Trace.shape(shape));
        tensor.value.asRawTensor().data().asFloats().write(values);
        return tensor;
    }

    /** A number that is the same in every step, a whole number (an axis) or a list of whole numbers (a shape, axes, indices). */
    static GraphTensor constant(Object value) {
        int[] shape = value instanceof List<?> list ? new int[] {list.size()} : new int[0];
        return of("Const", shape, Map.of("value", value));
    }

    static GraphTensor integers(int... values) {
        return constant(Arrays.stream(values).boxed().toList());
    }

    /** One number everywhere. */
    static GraphTensor filled(double number, int... shape) {
        GraphTensor constant = constant((float) number);
        return shape.length == 0 ? constant : of("Fill", shape, integers(shape), constant);
    }

    /** @throws IllegalStateException if the scope that it belongs to is closed */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the scope of the tensor " + Arrays.toString(shape) + " is closed");
        }
    }

    /** Frees the values. */
    void close() {
        closed = true;
        if (value != null) {
            value.close();
            value = null;
        }
    }

    /** This and another tensor, which are broadcast to each other. */
    GraphTensor with(String kind, GraphTensor other) {
        return of(kind, Shapes.broadcast(shape, other.shape), this, other);
    }

    GraphTensor times(GraphTensor other) {
        return with("Mul", other);
    }

    GraphTensor times(double number) {
        return times(constant((float) number));
    }

    GraphTensor plus(GraphTensor other) {
        return with("AddV2", other);
    }

    GraphTensor minus(GraphTensor other) {
        return with("Sub", other);
    }

    GraphTensor as(DataType type) {
        return of("Cast", shape, Map.of("DstT", type), this);
    }

    GraphTensor reshape(int... other) {
        return of("Reshape", other, this, integers(other));
    }

    GraphTensor transpose(int... axes) {
        return of("Transpose", Arrays.stream(axes).map(axis -> shape[axis]).toArray(), this, integers(axes));
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
        List<Integer> all = Arrays.stream(axes).boxed().toList();
        int first = shape.length;
        while (all.contains(first - 1)) {
            first--;
        }
        int inner = first;
        return reduced(IntStream.range(inner, shape.length).toArray())
                .exactSum(Arrays.stream(axes).filter(axis -> axis < inner).toArray());
    }

    /** The sum of each channel, which is the last axis: first within an image, then in float64 over images. */
    GraphTensor channelSums() {
        return (shape.length == 4 ? reduced(1, 2) : this).exactSum(0);
    }

    private GraphTensor exactSum(int... axes) {
        return axes.length == 0 ? this : as(DataType.DT_DOUBLE).reduced(axes).as(DataType.DT_FLOAT);
    }

    private GraphTensor reduced(int... axes) {
        return axes.length == 0 ? this : of("Sum", Shapes.without(shape, axes), this, integers(axes));
    }
}
