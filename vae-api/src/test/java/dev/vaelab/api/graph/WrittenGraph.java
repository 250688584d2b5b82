package dev.vaelab.api.graph;

import dev.vaelab.api.tensor.Arithmetic;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A graph of numbers that can add and multiply, and remembers what it has been asked to do. */
final class WrittenGraph implements GraphCompiler<WrittenGraph.Formula, float[]> {
    /** How often products were computed. */
    int products;

    int built;
    int runs;
    final Set<float[]> alive = new HashSet<>();
    private final Map<Formula, Float> variables = new HashMap<>();
    private final List<Runnable> changes = new ArrayList<>();
    private Map<Formula, Float> known = new HashMap<>();

    /** A node. */
    static final class Formula {
        private final Supplier<Float> value;

        Formula(Supplier<Float> value) {
            this.value = value;
        }
    }

    private Formula formula(Supplier<Float> value) {
        built++;
        return new Formula(value);
    }

    private float value(Formula formula) {
        Float found = known.get(formula);
        if (found == null) {
            found = formula.value.get();
            known.put(formula, found);
        }
        return found;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Arithmetic<Formula> arithmetic() {
        return (Arithmetic<Formula>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Arithmetic.class}, (proxy, method, given) -> {
                    return switch (method.getName()) {
                        case "shape" -> new int[0];
                        case "constant" -> {
                            float number = ((Double) given[0]).floatValue();
                            yield formula(() -> number);
                        }
                        case "add" -> formula(() -> value((Formula) given[0]) + value((Formula) given[1]));
                        case "multiply" ->
                            formula(() -> {
                                products++;
                                return value((Formula) given[0]) * value((Formula) given[1]);
                            });
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    @Override
    public Formula input(int... shape) {
        return formula(() -> {
            throw new IllegalStateException("an input has not been fed");
        });
    }

    @Override
    public Formula variable(int... shape) {
        Formula[] variable = new Formula[1];
        variable[0] = formula(() -> {
            if (!variables.containsKey(variable[0])) {
                throw new IllegalStateException("a variable has no values");
            }
            return variables.get(variable[0]);
        });
        return variable[0];
    }

    @Override
    public Formula assign(Formula variable, Formula values, boolean read) {
        return formula(() -> {
            float assigned = value(values);
            changes.add(() -> variables.put(variable, assigned));
            return assigned;
        });
    }

    @Override
    public Formula free(Formula variable, boolean read) {
        return formula(() -> {
            changes.add(() -> variables.remove(variable));
            return 0f;
        });
    }

    @Override
    public float[] upload(float[] values, int... shape) {
        float[] copy = values.clone();
        alive.add(copy);
        return copy;
    }

    @Override
    public float[] download(Formula node, float[] values) {
        return values.clone();
    }

    @Override
    public void release(float[] values) {
        if (!alive.remove(values)) {
            throw new IllegalStateException("values are freed twice");
        }
    }

    @Override
    public List<float[]> run(Map<Formula, float[]> fed, List<Formula> fetched, List<Formula> effects) {
        if (new HashSet<>(fetched).size() < fetched.size() || fetched.stream().anyMatch(fed::containsKey)) {
            throw new IllegalStateException("a node is fetched twice, or fed and fetched");
        }
        runs++;
        known = new HashMap<>();
        fed.forEach((node, values) -> known.put(node, values[0]));
        List<float[]> values = new ArrayList<>();
        fetched.forEach(node -> values.add(upload(new float[] {value(node)})));
        effects.forEach(this::value);
        changes.forEach(Runnable::run);
        changes.clear();
        return values;
    }

    int variables() {
        return variables.size();
    }

    @Override
    public void close() {
        variables.clear();
    }
}
