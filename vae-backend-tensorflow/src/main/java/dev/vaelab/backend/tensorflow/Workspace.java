package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.tensor.OperationScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/**
 * What has been noted and not yet computed, the scopes that it belongs to, and the variables, which are TensorFlow's resources.
 *
 * <p>When values are asked for, all tensors of the open scopes become one program: so a training step is one program however many
 * figures of it are looked at, and it is the same one in the next step.
 */
final class Workspace implements AutoCloseable {
    private static final int[] SCALAR = {};

    private final Trace trace = new Trace();
    private final Deque<Scope> scopes = new ArrayDeque<>();
    /** Values from outside, which are no part of the programs that repeat. */
    private final List<GraphTensor> writes = new ArrayList<>();

    private final List<GraphTensor> changes = new ArrayList<>();
    private int variables;
    private boolean closed;

    /** What was noted while it was the innermost one. */
    private final class Scope implements OperationScope {
        private final List<GraphTensor> tensors = new ArrayList<>();

        @Override
        public void close() {
            if (scopes.remove(this)) {
                if (!changes.isEmpty()) {
                    compute();
                }
                tensors.forEach(GraphTensor::close);
            }
        }
    }

    OperationScope openScope() {
        scopes.push(new Scope());
        return scopes.peek();
    }

    /**
     * Gives a tensor to the innermost scope, and so to the next program.
     *
     * @throws IllegalStateException if none is open
     */
    GraphTensor keep(GraphTensor tensor) {
        if (scopes.isEmpty()) {
            throw new IllegalStateException("no scope is open");
        }
        scopes.peek().tensors.add(tensor);
        return tensor;
    }

    /** Computes all that has been noted in open scopes, and makes the changes that wait. */
    void compute() {
        List<GraphTensor> waiting = scopes.stream()
                .flatMap(scope -> scope.tensors.stream())
                .filter(tensor -> tensor.value == null)
                .toList();
        if (!waiting.isEmpty() || !changes.isEmpty()) {
            List<TFloat32> values = run(waiting);
            for (int index = 0; index < values.size(); index++) {
                waiting.get(index).value = values.get(index);
            }
        }
    }

    private List<TFloat32> run(List<GraphTensor> outputs) {
        if (!writes.isEmpty()) {
            trace.run(List.of(), writes);
            closeWrites();
        }
        List<GraphTensor> effects = List.copyOf(changes);
        changes.clear();
        return trace.run(outputs, effects);
    }

    private void closeWrites() {
        writes.forEach(write -> write.inputs.get(1).close());
        writes.clear();
    }

    /** Copies values out of TensorFlow. */
    List<float[]> download(List<GraphTensor> tensors) {
        tensors.forEach(GraphTensor::requireOpen);
        compute();
        List<GraphTensor> missing =
                tensors.stream().filter(tensor -> tensor.value == null).toList();
        List<TFloat32> found = missing.isEmpty() ? List.of() : run(missing);
        List<float[]> values = tensors.stream()
                .map(tensor -> values(tensor.value == null ? found.get(missing.indexOf(tensor)) : tensor.value))
                .toList();
        found.forEach(TFloat32::close);
        return values;
    }

    private static float[] values(TFloat32 tensor) {
        float[] values = new float[Math.toIntExact(tensor.shape().size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }

    /** A variable as what reads it at the beginning of a program. */
    GraphTensor variable(float[] values, int... shape) {
        String name = "variable" + variables++;
        Map<String, Object> single = Map.of("dtype", DataType.DT_FLOAT);
        Map<String, Object> named =
                Map.of("dtype", DataType.DT_FLOAT, "shape", Trace.shape(shape), "shared_name", name);
        GraphTensor variable = GraphTensor.of(Trace.READ, shape, single, GraphTensor.of("VarHandleOp", SCALAR, named));
        write(variable, values);
        return variable;
    }

    void write(GraphTensor variable, float[] values) {
        compute();
        writes.add(assignment(variable, GraphTensor.upload(values, variable.shape)));
    }

    void assign(GraphTensor variable, GraphTensor values) {
        changes.add(assignment(variable, values));
        compute();
    }

    /** Frees a variable after the next program, which may still read it. */
    void free(GraphTensor variable) {
        change("DestroyResourceOp", handle(variable));
        variable.close();
    }

    /** Has an operation run with the next program, after all that reads and after the changes before it. */
    void change(String operation, GraphTensor... inputs) {
        changes.add(GraphTensor.of(operation, SCALAR, inputs));
    }

    /** The resource behind a variable, for operations that change it. */
    static GraphTensor handle(GraphTensor variable) {
        return variable.inputs.get(0);
    }

    private static GraphTensor assignment(GraphTensor variable, GraphTensor values) {
        return GraphTensor.of("AssignVariableOp", SCALAR, handle(variable), values);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            scopes.forEach(scope -> scope.tensors.forEach(GraphTensor::close));
            scopes.clear();
            closeWrites();
            trace.close();
        }
    }
}
