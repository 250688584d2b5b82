package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.graph.GraphCompiler;
import dev.vaelab.api.tensor.Arithmetic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** One graph of TensorFlow and its session; variables are resources of the session. */
final class TensorFlowGraph implements GraphCompiler<Node, TFloat32> {
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Session session = new Session(graph, TensorFlowLibrary.configuration());
    private final NodeArithmetic arithmetic = new NodeArithmetic(tf);
    private int variables;

    @Override
    public Arithmetic<Node> arithmetic() {
        return arithmetic;
    }

    @Override
    public Node input(int... shape) {
        return new Node(
                tf.placeholder(TFloat32.class, Placeholder.shape(shape(shape))).op(), false);
    }

    private static Shape shape(int... sizes) {
        return Shape.of(Arrays.stream(sizes).asLongStream().toArray());
    }

    @Override
    public Node variable(int... shape) {
        VarHandleOp handle =
                tf.varHandleOp(TFloat32.class, shape(shape), VarHandleOp.sharedName("variable" + variables++));
        return new Node(tf.readVariableOp(handle, TFloat32.class).op(), false);
    }

    @Override
    public Node assign(Node variable, Node values, boolean read) {
        Ops changing = changing(variable, read);
        return new Node(
                changing.assignVariableOp(handle(variable), arithmetic.canonical(values))
                        .op(),
                false);
    }

    @Override
    public Node free(Node variable, boolean read) {
        return new Node(
                changing(variable, read).destroyResourceOp(handle(variable)).op(), false);
    }

    private Ops changing(Node variable, boolean read) {
        return read ? tf.withControlDependencyOps(variable.operation()) : tf;
    }

    private static Operand<? extends TType> handle(Node variable) {
        return ((GraphOperation) variable.operation()).input(0);
    }

    @Override
    public TFloat32 upload(float[] values, int... shape) {
        TFloat32 tensor = TFloat32.tensorOf(shape(shape));
        tensor.asRawTensor().data().asFloats().write(values);
        return tensor;
    }

    @Override
    public float[] download(Node node, TFloat32 tensor) {
        float[] values = new float[Math.toIntExact(tensor.shape().size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return node.channelsLast() ? channelsFirst(values, tensor.shape().asArray()) : values;
    }

    private static float[] channelsFirst(float[] values, long[] shape) {
        int channels = (int) shape[3];
        int pixels = (int) (shape[1] * shape[2]);
        float[] moved = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            int pixel = index / channels;
            int plane = pixel / pixels * channels + index % channels;
            moved[plane * pixels + pixel % pixels] = values[index];
        }
        return moved;
    }

    @Override
    public void release(TFloat32 values) {
        values.close();
    }

    @Override
    public List<TFloat32> run(Map<Node, TFloat32> fed, List<Node> fetched, List<Node> effects) {
        Session.Runner runner = session.runner();
        fed.forEach((node, values) -> runner.feed(node.output(), values));
        fetched.forEach(node -> runner.fetch(node.output()));
        effects.forEach(effect -> runner.addTarget(effect.operation()));
        Result result = runner.run();
        List<TFloat32> values = new ArrayList<>();
        fetched.forEach(node -> values.add((TFloat32) result.get(values.size())));
        return values;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
