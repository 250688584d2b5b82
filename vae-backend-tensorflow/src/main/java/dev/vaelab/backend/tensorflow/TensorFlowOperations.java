package dev.vaelab.backend.tensorflow;

import static dev.vaelab.backend.tensorflow.GraphTensor.integers;

import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.proto.DataType;

/** TensorFlow's operations, in float32; see {@link Workspace} for when they are computed. */
final class TensorFlowOperations implements TensorOperations<GraphTensor> {
    private final Workspace workspace;

    /** Operations whose tensors are noted in a workspace. */
    TensorFlowOperations(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public OperationScope openScope() {
        return workspace.openScope();
    }

    @Override
    public GraphTensor upload(float[] values, int... shape) {
        return workspace.keep(GraphTensor.upload(values, shape));
    }

    @Override
    public float[] download(GraphTensor tensor) {
        return workspace.download(List.of(tensor)).get(0);
    }

    @Override
    public int[] shape(GraphTensor tensor) {
        return tensor.shape.clone();
    }

    @Override
    public GraphTensor variable(float[] values, int... shape) {
        return workspace.variable(values, shape);
    }

    @Override
    public void write(GraphTensor variable, float[] values) {
        workspace.write(variable, values);
    }

    @Override
    public void assign(GraphTensor variable, GraphTensor values) {
        workspace.assign(variable, values);
    }

    @Override
    public void free(GraphTensor variable) {
        workspace.free(variable);
    }

    /** It belongs to no scope, as it costs nothing. */
    @Override
    public GraphTensor constant(double value, int... shape) {
        return GraphTensor.filled(value, shape);
    }

    @Override
    public GraphTensor add(GraphTensor left, GraphTensor right) {
        return workspace.keep(left.with("AddV2", right));
    }

    @Override
    public GraphTensor subtract(GraphTensor left, GraphTensor right) {
        return workspace.keep(left.with("Sub", right));
    }

    @Override
    public GraphTensor multiply(GraphTensor left, GraphTensor right) {
        return workspace.keep(left.with("Mul", right));
    }

    @Override
    public GraphTensor divide(GraphTensor left, GraphTensor right) {
        return workspace.keep(left.with("RealDiv", right));
    }

    @Override
    public GraphTensor greater(GraphTensor left, GraphTensor right) {
        return workspace.keep(left.with("Greater", right).as(DataType.DT_FLOAT));
    }

    @Override
    public GraphTensor select(GraphTensor mask, GraphTensor chosen, GraphTensor other) {
        int[] shape = Shapes.broadcast(mask.shape, Shapes.broadcast(chosen.shape, other.shape));
        return keep("SelectV2", shape, mask.as(DataType.DT_BOOL), chosen, other);
    }

    @Override
    public GraphTensor exp(GraphTensor tensor) {
        return unary("Exp", tensor);
    }

    @Override
    public GraphTensor expm1(GraphTensor tensor) {
        return unary("Expm1", tensor);
    }

    @Override
    public GraphTensor log(GraphTensor tensor) {
        return unary("Log", tensor);
    }

    @Override
    public GraphTensor log1p(GraphTensor tensor) {
        return unary("Log1p", tensor);
    }

    @Override
    public GraphTensor sqrt(GraphTensor tensor) {
        return unary("Sqrt", tensor);
    }

    @Override
    public GraphTensor tanh(GraphTensor tensor) {
        return unary("Tanh", tensor);
    }

    @Override
    public GraphTensor sigmoid(GraphTensor tensor) {
        return unary("Sigmoid", tensor);
    }

    @Override
    public GraphTensor softplus(GraphTensor tensor) {
        return unary("Softplus", tensor);
    }

    @Override
    public GraphTensor relu(GraphTensor tensor) {
        return unary("Relu", tensor);
    }

    @Override
    public GraphTensor sum(GraphTensor tensor, int... axes) {
        return axes.length == 0 ? tensor : workspace.keep(tensor.sum(axes));
    }

    @Override
    public GraphTensor max(GraphTensor tensor, int... axes) {
        return axes.length == 0 ? tensor : keep("Max", Shapes.without(tensor.shape, axes), tensor, integers(axes));
    }

    @Override
    public GraphTensor matmul(GraphTensor left, boolean transposeLeft, GraphTensor right, boolean transposeRight) {
        return workspace.keep(left.matmul(transposeLeft, right, transposeRight));
    }

    @Override
    public GraphTensor reshape(GraphTensor tensor, int... shape) {
        Shapes.requireFilled(Shapes.size(tensor.shape), shape);
        return workspace.keep(tensor.reshape(shape));
    }

    @Override
    public GraphTensor transpose(GraphTensor tensor, int... axes) {
        return workspace.keep(tensor.transpose(axes));
    }

    @Override
    public GraphTensor broadcast(GraphTensor tensor, int... shape) {
        Shapes.broadcast(tensor.shape, shape);
        return keep("BroadcastTo", shape, tensor, integers(shape));
    }

    @Override
    public GraphTensor concatenate(List<GraphTensor> tensors, int axis) {
        int[] shape = tensors.get(0).shape.clone();
        shape[axis] = tensors.stream().mapToInt(tensor -> tensor.shape[axis]).sum();
        List<GraphTensor> inputs = new ArrayList<>(tensors);
        inputs.add(GraphTensor.constant(axis));
        return keep(Trace.CONCATENATE, shape, inputs.toArray(GraphTensor[]::new));
    }

    @Override
    public GraphTensor slice(GraphTensor tensor, int axis, int from, int to) {
        int[] shape = tensor.shape.clone();
        int[] begin = new int[shape.length];
        begin[axis] = from;
        shape[axis] = to - from;
        return keep("Slice", shape, tensor, integers(begin), integers(shape));
    }

    @Override
    public GraphTensor convolve(GraphTensor input, GraphTensor weight, Window window) {
        return workspace.keep(
                Convolution.of(input.channelsLast(), weight, window).channelsFirst());
    }

    @Override
    public GraphTensor convolveByInput(GraphTensor gradient, GraphTensor weight, Window window, int height, int width) {
        return workspace.keep(Convolution.byInput(gradient.channelsLast(), weight, window, height, width)
                .channelsFirst());
    }

    @Override
    public GraphTensor convolveByWeight(GraphTensor input, GraphTensor gradient, Window window) {
        return workspace.keep(Convolution.byWeight(input.channelsLast(), gradient.channelsLast(), window));
    }

    /** All lengths are one program. */
    @Override
    public double length(List<GraphTensor> tensors) {
        List<GraphTensor> squares = tensors.stream()
                .map(tensor -> sum(
                        square(tensor), IntStream.range(0, tensor.shape.length).toArray()))
                .toList();
        return Math.sqrt(
                squares.stream().mapToDouble(square -> download(square)[0]).sum());
    }

    private GraphTensor unary(String operation, GraphTensor tensor) {
        return keep(operation, tensor.shape, tensor);
    }

    private GraphTensor keep(String operation, int[] shape, GraphTensor... inputs) {
        return workspace.keep(GraphTensor.of(operation, shape, inputs));
    }
}
