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
    private static final String ASSIGN = "AssignVariableOp";
    private static final Map<String, Object> SINGLE = Map.of("dtype", DataType.DT_FLOAT);

    private final Trace trace = new Trace();
    private final Deque<Scope> scopes = new ArrayDeque<>();
    /** Values from outside, which are no part of the programs that repeat. */
    private final List<GraphTensor> writes = new ArrayList<>();

    private final List<GraphTensor> changes = new ArrayList<>();
    private final List<GraphTensor> changed = new ArrayList<>();
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

    private List<GraphTensor> waiting() {
        return scopes.stream()
                .flatMap(scope -> scope.tensors.stream())
                .filter(tensor -> tensor.value() == null)
                .toList();
    }

    /** Computes all that has been noted in open scopes, and makes the changes that wait. */
    void compute() {
        List<GraphTensor> waiting = waiting();
        if (waiting.isEmpty() && changes.isEmpty()) {
            return;
        }
        List<TFloat32> values = run(waiting);
        for (int index = 0; index < values.size(); index++) {
            waiting.get(index).compute(values.get(index));
        }
    }

    private List<TFloat32> run(List<GraphTensor> outputs) {
        List<GraphTensor> values =
                writes.stream().map(write -> write.inputs().get(1)).toList();
        if (!writes.isEmpty()) {
            trace.run(List.of(), writes);
            writes.clear();
            values.forEach(GraphTensor::close);
        }
        List<GraphTensor> effects = List.copyOf(changes);
        changes.clear();
        changed.forEach(variable -> variable.become(read(variable)));
        changed.clear();
        return trace.run(outputs, effects);
    }

    /** Copies values out of TensorFlow. */
    List<float[]> download(List<GraphTensor> tensors) {
        compute();
        List<GraphTensor> missing = tensors.stream()
                .map(GraphTensor::open)
                .filter(tensor -> tensor.value() == null)
                .toList();
        List<TFloat32> found = missing.isEmpty() ? List.of() : run(missing);
        List<float[]> values = new ArrayList<>();
        int next = 0;
        for (GraphTensor tensor : tensors) {
            TFloat32 kept = tensor.open().value();
            values.add(GraphTensor.values(kept == null ? found.get(next++) : kept));
        }
        found.forEach(TFloat32::close);
        return values;
    }

    GraphTensor variable(float[] values, int... shape) {
        GraphTensor handle = GraphTensor.of(
                "VarHandleOp",
                new int[0],
                Map.of(
                        "dtype",
                        DataType.DT_FLOAT,
                        "shape",
                        Trace.shape(shape),
                        "shared_name",
                        "variable" + variables++));
        GraphTensor variable = GraphTensor.of("Variable", shape, handle);
        variable.become(read(variable));
        writes.add(assignment(handle, GraphTensor.upload(values, shape)));
        return variable;
    }

    void write(GraphTensor variable, float[] values) {
        settle();
        writes.add(assignment(handle(variable), GraphTensor.upload(values, variable.shape())));
    }

    /** Before a variable changes from outside: computes what may read it. */
    private void settle() {
        if (!waiting().isEmpty() || !changed.isEmpty()) {
            compute();
        }
    }

    void assign(GraphTensor variable, GraphTensor values) {
        GraphTensor now = values.open();
        change(variable, assignment(handle(variable), now));
        variable.become(now);
    }

    /** Has an operation run with the next program, after the changes before it. */
    void change(GraphTensor variable, GraphTensor effect) {
        changes.add(effect);
        changed.add(variable);
    }

    void free(GraphTensor variable) {
        settle();
        variable.close();
        changes.add(GraphTensor.of("DestroyResourceOp", new int[0], handle(variable)));
    }

    /** The resource behind a variable, for operations that change it. */
    static GraphTensor handle(GraphTensor variable) {
        return variable.inputs().get(0);
    }

    private static GraphTensor read(GraphTensor variable) {
        return GraphTensor.of(Trace.READ, variable.shape(), SINGLE, handle(variable));
    }

    private static GraphTensor assignment(GraphTensor handle, GraphTensor values) {
        return GraphTensor.of(ASSIGN, new int[0], SINGLE, handle, values);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            List.copyOf(scopes).forEach(scope -> scope.tensors.forEach(GraphTensor::close));
            scopes.clear();
            writes.forEach(write -> write.inputs().get(1).close());
            trace.close();
        }
    }
}
