package dev.vaelab.api.graph;

import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What has been noted: the scopes that it belongs to, and what variables are to become.
 *
 * <p>An assignment puts a tensor in the place of a variable, for all that is noted from then on. The variables themselves change when no
 * scope is left that holds anything still to be computed, in most cases when the outermost one closes.
 *
 * @param <N> a node of the engine's graph
 * @param <V> the engine's values
 */
final class Workspace<N, V> implements AutoCloseable {
    /** Where so many tensors wait for variables to change, all that may be looked at is computed, so that they can. */
    private static final int LIMIT = 50_000;

    private final GraphCompiler<N, V> compiler;
    private final Map<Expression.Key<N>, Expression<N>> expressions = new HashMap<>();
    private final Map<Expression.Key<N>, N> effects = new HashMap<>();
    private final Map<Expression<N>, GraphTensor<N, V>> constants = new HashMap<>();
    private final Deque<Scope> scopes = new ArrayDeque<>();
    /** The open tensor of an expression, if there is one, by the values that variables have now. */
    private final Map<Expression<N>, GraphTensor<N, V>> known = new HashMap<>();

    private final Map<GraphTensor<N, V>, GraphTensor<N, V>> assigned = new LinkedHashMap<>();
    private final Set<GraphTensor<N, V>> written = new HashSet<>();
    private final List<GraphTensor<N, V>> freed = new ArrayList<>();
    private final Map<GraphTensor<N, V>, Integer> places = new HashMap<>();
    private final BitSet occupied = new BitSet();
    private int variables;
    private long noted;
    private long notedBeforeRun;
    private boolean closed;

    Workspace(GraphCompiler<N, V> compiler) {
        this.compiler = compiler;
    }

    /** What was noted while it was the innermost one, and what closed scopes inside of it have left for variables to change. */
    private final class Scope implements OperationScope {
        private final List<GraphTensor<N, V>> tensors = new ArrayList<>();

        @Override
        public void close() {
            if (scopes.remove(this)) {
                tensors.forEach(Workspace.this::close);
                changeVariables();
                if (assigned.isEmpty() || scopes.isEmpty()) {
                    tensors.forEach(Workspace.this::release);
                } else {
                    scopes.element().tensors.addAll(tensors);
                }
            }
        }
    }

    OperationScope openScope() {
        if (scopes.isEmpty()) {
            changeVariables();
        }
        scopes.push(new Scope());
        return scopes.element();
    }

    private GraphTensor<N, V> keep(GraphTensor<N, V> tensor) {
        if (scopes.isEmpty()) {
            throw new IllegalStateException("no scope is open");
        }
        scopes.element().tensors.add(tensor);
        return tensor;
    }

    private void close(GraphTensor<N, V> tensor) {
        tensor.close();
        known.remove(tensor.expression, tensor);
    }

    private void release(GraphTensor<N, V> tensor) {
        if (tensor.values != null) {
            compiler.release(tensor.values);
            tensor.values = null;
        }
        Integer place = places.remove(tensor);
        if (place != null) {
            occupied.clear(place);
        }
    }

    private Expression<N> expression(
            String operation, List<?> attributes, List<GraphTensor<N, V>> inputs, Function<List<N>, N> build) {
        List<Expression<N>> read =
                inputs.stream().map(input -> input.expression).toList();
        return expressions.computeIfAbsent(new Expression.Key<>(operation, attributes, read), key -> {
            N node = build.apply(read.stream().map(Expression::node).toList());
            return new Expression<>(node, compiler.arithmetic().shape(node));
        });
    }

    private Expression<N> leaf(String operation, List<?> attributes, Supplier<N> build) {
        return expression(operation, attributes, List.of(), none -> build.get());
    }

    /**
     * A tensor of the innermost scope, or the one that is the same and open already.
     *
     * @param operation its name
     * @param attributes what else it depends on
     * @param operands what it reads; of a variable what has been assigned to it last
     * @param build gives its node from those of the operands
     */
    GraphTensor<N, V> note(
            String operation, List<?> attributes, List<GraphTensor<N, V>> operands, Function<List<N>, N> build) {
        List<GraphTensor<N, V>> inputs = operands.stream().map(this::current).toList();
        Expression<N> expression = expression(operation, attributes, inputs, build);
        GraphTensor<N, V> same = known.get(expression);
        if (same != null) {
            return same;
        }
        GraphTensor<N, V> tensor = keep(new GraphTensor<>(expression, inputs, noted++));
        known.put(expression, tensor);
        return tensor;
    }

    /** A tensor that belongs to no scope. */
    GraphTensor<N, V> constant(double value, int... shape) {
        Expression<N> expression = leaf(
                "constant",
                List.of(value, list(shape)),
                () -> compiler.arithmetic().constant(value, shape));
        return constants.computeIfAbsent(expression, key -> new GraphTensor<>(expression, List.of(), noted++));
    }

    GraphTensor<N, V> upload(float[] values, int... shape) {
        return keep(input(values, shape));
    }

    /** Values from outside. Those that are there at one time have places in programs, from the first on. */
    private GraphTensor<N, V> input(float[] values, int... shape) {
        Shapes.requireFilled(values.length, shape);
        int place = occupied.nextClearBit(0);
        Expression<N> expression = leaf("input", List.of(place, list(shape)), () -> compiler.input(shape));
        GraphTensor<N, V> input = new GraphTensor<>(expression, List.of(), noted++);
        input.values = compiler.upload(values, shape);
        occupied.set(place);
        places.put(input, place);
        return input;
    }

    private static List<Integer> list(int... values) {
        return Arrays.stream(values).boxed().toList();
    }

    GraphTensor<N, V> variable(float[] values, int... shape) {
        Expression<N> expression = leaf("variable", List.of(variables++), () -> compiler.variable(shape));
        GraphTensor<N, V> variable = new GraphTensor<>(expression, List.of(), noted++);
        write(variable, values);
        return variable;
    }

    void write(GraphTensor<N, V> variable, float[] values) {
        GraphTensor<N, V> input = input(values, variable.open().shape());
        written.add(input);
        replace(variable, input);
    }

    void assign(GraphTensor<N, V> variable, GraphTensor<N, V> values) {
        replace(variable, current(values));
    }

    private void replace(GraphTensor<N, V> variable, GraphTensor<N, V> values) {
        GraphTensor<N, V> before = assigned.put(variable.open(), values);
        leave(before);
    }

    /** Frees values that were written to a variable and are its values no longer, as soon as nothing can read them. */
    private void leave(GraphTensor<N, V> values) {
        if (written.remove(values)) {
            if (scopes.isEmpty()) {
                release(values);
            } else {
                values.close();
                scopes.element().tensors.add(values);
            }
        }
    }

    void free(GraphTensor<N, V> variable) {
        leave(assigned.remove(variable.open()));
        freed.add(variable);
        variable.close();
    }

    /** The tensor that is to be read: in the place of a variable what has been assigned to it. */
    private GraphTensor<N, V> current(GraphTensor<N, V> tensor) {
        return assigned.getOrDefault(tensor.open(), tensor);
    }

    List<float[]> download(List<GraphTensor<N, V>> tensors) {
        List<GraphTensor<N, V>> asked = tensors.stream().map(this::current).toList();
        compute(asked);
        List<float[]> values = asked.stream()
                .map(tensor -> compiler.download(tensor.node(), tensor.values))
                .toList();
        asked.stream().filter(this::isLoose).forEach(this::release);
        return values;
    }

    /** Whether it belongs to no scope: a variable or a constant. */
    private boolean isLoose(GraphTensor<N, V> tensor) {
        return tensor.inputs.isEmpty() && !places.containsKey(tensor);
    }

    /** Computes tensors, and with them what will be read later. */
    void compute(List<GraphTensor<N, V>> asked) {
        Set<GraphTensor<N, V>> missing = new LinkedHashSet<>(asked);
        missing.removeIf(tensor -> tensor.values != null);
        if (!missing.isEmpty()) {
            missing.forEach(this::noteRead);
            held().filter(tensor -> tensor.waits() && tensor.expression.isReadLater())
                    .forEach(missing::add);
            run(needed(missing, List.of()), List.copyOf(missing), List.of());
        }
    }

    private Stream<GraphTensor<N, V>> held() {
        return scopes.stream().flatMap(scope -> scope.tensors.stream());
    }

    private int count() {
        return scopes.stream().mapToInt(scope -> scope.tensors.size()).sum();
    }

    /** Has variables take the values that were assigned to them, unless something waits that reads those of before. */
    private void changeVariables() {
        boolean unchanged = assigned.isEmpty() && freed.isEmpty();
        if (unchanged || held().anyMatch(GraphTensor::waits) && count() < LIMIT) {
            return;
        }
        List<GraphTensor<N, V>> waiting = held().filter(GraphTensor::waits).toList();
        assigned.values().forEach(this::noteRead);
        Set<GraphTensor<N, V>> read = needed(waiting, assigned.values());
        List<N> changes = new ArrayList<>();
        assigned.forEach((variable, values) -> changes.add(assignment(variable, values, read.contains(variable))));
        freed.forEach(variable -> changes.add(destruction(variable, read.contains(variable))));
        run(read, waiting, changes);
        List<GraphTensor<N, V>> changed = List.copyOf(assigned.values());
        assigned.clear();
        freed.clear();
        known.clear();
        changed.stream().filter(written::remove).forEach(this::release);
        scopes.forEach(this::settle);
    }

    private N assignment(GraphTensor<N, V> variable, GraphTensor<N, V> values, boolean read) {
        return effect(
                "assign", List.of(variable, values), read, nodes -> compiler.assign(nodes.get(0), nodes.get(1), read));
    }

    private N destruction(GraphTensor<N, V> variable, boolean read) {
        return effect("free", List.of(variable), read, nodes -> compiler.free(nodes.get(0), read));
    }

    private N effect(String kind, List<GraphTensor<N, V>> inputs, boolean read, Function<List<N>, N> build) {
        List<Expression<N>> key = inputs.stream().map(input -> input.expression).toList();
        return effects.computeIfAbsent(
                new Expression.Key<>(kind, List.of(read), key),
                absent -> build.apply(key.stream().map(Expression::node).toList()));
    }

    /** What outlives a change of variables is no longer what its expression says: from now on it is an input. */
    private void settle(Scope scope) {
        scope.tensors.stream().filter(GraphTensor::isClosed).forEach(this::release);
        scope.tensors.removeIf(GraphTensor::isClosed);
        for (GraphTensor<N, V> tensor : scope.tensors) {
            if (!places.containsKey(tensor)) {
                GraphTensor<N, V> input = input(compiler.download(tensor.node(), tensor.values), tensor.shape());
                compiler.release(tensor.values);
                tensor.expression = input.expression;
                tensor.inputs = List.of();
                tensor.values = input.values;
                places.put(tensor, places.remove(input));
            }
        }
    }

    /** Remembers of a tensor that an earlier run could have kept its values for this one. */
    private void noteRead(GraphTensor<N, V> tensor) {
        if (tensor.values == null && tensor.number < notedBeforeRun) {
            tensor.expression.noteReadLater();
        }
    }

    /** What a run has to look at: what is asked for, what it reads that has no values, and where values begin. */
    private Set<GraphTensor<N, V>> needed(
            Collection<GraphTensor<N, V>> fetched, Collection<GraphTensor<N, V>> written) {
        Set<GraphTensor<N, V>> needed = new LinkedHashSet<>();
        Deque<GraphTensor<N, V>> open = new ArrayDeque<>(fetched);
        open.addAll(written);
        while (!open.isEmpty()) {
            GraphTensor<N, V> tensor = open.pop();
            if (needed.add(tensor) && tensor.values == null) {
                if (tensor.number >= notedBeforeRun) {
                    tensor.inputs.forEach(this::noteRead);
                }
                tensor.inputs.forEach(open::push);
            }
        }
        return needed;
    }

    private void run(Set<GraphTensor<N, V>> needed, List<GraphTensor<N, V>> fetched, List<N> changes) {
        Map<N, V> fed = new LinkedHashMap<>();
        needed.stream()
                .filter(tensor -> tensor.values != null)
                .forEach(tensor -> fed.put(tensor.node(), tensor.values));
        List<N> nodes = fetched.stream().map(tensor -> tensor.node()).toList();
        List<V> values = compiler.run(fed, nodes, changes);
        notedBeforeRun = noted;
        for (int index = 0; index < values.size(); index++) {
            fetched.get(index).values = values.get(index);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            held().toList().forEach(tensor -> {
                close(tensor);
                release(tensor);
            });
            scopes.clear();
            written.forEach(this::release);
            compiler.close();
        }
    }
}
