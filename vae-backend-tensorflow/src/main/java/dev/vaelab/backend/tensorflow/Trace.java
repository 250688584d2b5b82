package dev.vaelab.backend.tensorflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperationBuilder;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Programs as parts of one graph of TensorFlow: each is built the first time that it is run, and found again by its operations,
 * their shapes and what is asked of them. What is not asked for is not computed.
 */
final class Trace implements AutoCloseable {
    /** The kind of operation that reads a variable. */
    static final String READ = "ReadVariableOp";

    /** The kind of operation whose inputs, all but the last, are one list. */
    static final String CONCATENATE = "ConcatV2";

    private final Graph graph = new Graph();
    private final Session session = new Session(graph, TensorFlowLibrary.configuration());
    private final Map<String, Program> programs = new HashMap<>();
    private int operations;

    /** A part of the graph. */
    private record Program(List<Output<?>> inputs, List<Output<?>> outputs, List<Operation> effects) {}

    /**
     * Runs a program.
     *
     * @param outputs tensors to be computed
     * @param effects operations that change variables, one after the other and after everything has been read
     * @return the values of the outputs, which the caller closes
     */
    List<TFloat32> run(List<GraphTensor> outputs, List<GraphTensor> effects) {
        List<GraphTensor> asked = new ArrayList<>(outputs);
        asked.addAll(effects);
        List<GraphTensor> order = order(asked);
        Program program =
                programs.computeIfAbsent(key(order, asked) + effects.size(), key -> build(order, outputs, effects));
        Session.Runner runner = session.runner();
        List<GraphTensor> inputs =
                order.stream().filter(tensor -> tensor.value != null).toList();
        for (int index = 0; index < inputs.size(); index++) {
            runner.feed(program.inputs.get(index), inputs.get(index).value);
        }
        program.outputs.forEach(runner::fetch);
        program.effects.forEach(runner::addTarget);
        Result result = runner.run();
        List<TFloat32> values = new ArrayList<>();
        outputs.forEach(output -> values.add((TFloat32) result.get(values.size())));
        return values;
    }

    /** What is needed for tensors, each behind what it reads. */
    private static List<GraphTensor> order(List<GraphTensor> asked) {
        Map<GraphTensor, Boolean> found = new IdentityHashMap<>();
        List<GraphTensor> order = new ArrayList<>();
        Deque<GraphTensor> open = new ArrayDeque<>(asked);
        while (!open.isEmpty()) {
            GraphTensor tensor = open.pop();
            if (found.put(tensor, true) == null) {
                order.add(tensor);
                open.addAll(tensor.value == null ? tensor.inputs : List.of());
            }
        }
        order.sort(Comparator.comparingInt(tensor -> tensor.depth));
        return order;
    }

    private static String key(List<GraphTensor> order, List<GraphTensor> asked) {
        Map<GraphTensor, Integer> places = new IdentityHashMap<>();
        StringBuilder key = new StringBuilder();
        for (GraphTensor tensor : order) {
            places.put(tensor, places.size());
            if (tensor.value == null) {
                key.append(tensor.operation).append(tensor.attributes);
                tensor.inputs.forEach(input -> key.append(' ').append(places.get(input)));
            } else {
                key.append(Arrays.toString(tensor.shape));
            }
            key.append(';');
        }
        asked.forEach(tensor -> key.append(places.get(tensor)).append(' '));
        return key.toString();
    }

    private Program build(List<GraphTensor> order, List<GraphTensor> outputs, List<GraphTensor> effects) {
        Map<GraphTensor, Operation> built = new IdentityHashMap<>();
        List<Output<?>> inputs = new ArrayList<>();
        List<Operation> before = new ArrayList<>();
        for (GraphTensor tensor : order) {
            if (tensor.value != null) {
                Map<String, Object> attributes = Map.of("dtype", DataType.DT_FLOAT, "shape", shape(tensor.shape));
                built.put(tensor, build("Placeholder", attributes, List.of(), List.of()));
                inputs.add(built.get(tensor).output(0));
            } else if (!effects.contains(tensor)) {
                built.put(tensor, build(tensor, built, List.of()));
                if (tensor.operation.equals(READ)) {
                    before.add(built.get(tensor));
                }
            }
        }
        List<Operation> changes = new ArrayList<>();
        for (GraphTensor effect : effects) {
            changes.add(build(effect, built, before));
            before = changes.subList(changes.size() - 1, changes.size());
        }
        return new Program(
                inputs,
                outputs.stream()
                        .<Output<?>>map(output -> built.get(output).output(0))
                        .toList(),
                changes);
    }

    private Operation build(GraphTensor tensor, Map<GraphTensor, Operation> built, List<Operation> before) {
        List<Output<?>> inputs = tensor.inputs.stream()
                .<Output<?>>map(input -> built.get(input).output(0))
                .toList();
        return build(tensor.operation, tensor.attributes, inputs, List.copyOf(before));
    }

    private Operation build(
            String kind, Map<String, Object> attributes, List<Output<?>> inputs, List<Operation> before) {
        GraphOperationBuilder builder = graph.opBuilder(kind, kind + operations++, graph.baseScope());
        int list = kind.equals(CONCATENATE) ? inputs.size() - 1 : 0;
        if (list > 0) {
            builder.addInputList(inputs.subList(0, list).toArray(Output<?>[]::new));
        }
        inputs.subList(list, inputs.size()).forEach(builder::addInput);
        before.forEach(builder::addControlInput);
        attributes.forEach((name, value) -> set(builder, name, value));
        return builder.build();
    }

    private static void set(GraphOperationBuilder builder, String name, Object value) {
        if (name.equals("value")) {
            try (Tensor tensor = constant(value)) {
                builder.setAttr("dtype", tensor.dataType()).setAttr(name, tensor);
            }
        } else if (value instanceof List<?> list) {
            builder.setAttr(name, Arrays.stream(integers(list)).asLongStream().toArray());
        } else if (value instanceof Shape shape) {
            builder.setAttr(name, shape);
        } else if (value instanceof DataType type) {
            builder.setAttr(name, type);
        } else if (value instanceof Boolean flag) {
            builder.setAttr(name, flag);
        } else if (value instanceof Float number) {
            builder.setAttr(name, number);
        } else {
            builder.setAttr(name, (String) value);
        }
    }

    private static Tensor constant(Object value) {
        if (value instanceof List<?> list) {
            return TInt32.vectorOf(integers(list));
        }
        return value instanceof Integer integer ? TInt32.scalarOf(integer) : TFloat32.scalarOf((Float) value);
    }

    private static int[] integers(List<?> list) {
        return list.stream().mapToInt(each -> (Integer) each).toArray();
    }

    /** A shape as TensorFlow writes it. */
    static Shape shape(int... sizes) {
        return Shape.of(Arrays.stream(sizes).asLongStream().toArray());
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
