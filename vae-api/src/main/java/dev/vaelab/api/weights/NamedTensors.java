package dev.vaelab.api.weights;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tensors by canonical name, in a stable order: weights, gradients, moments of an optimizer.
 *
 * <p>The map cannot change; the arrays in it are shared, not copied, since they are large. Whoever hands them over gives
 * them up.
 */
public final class NamedTensors {
    private final Map<String, Tensor> tensors;

    /** Takes over the tensors in the order of the map. */
    public NamedTensors(Map<String, Tensor> tensors) {
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** Names in their order. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /** All tensors by name, in their order. */
    public Map<String, Tensor> asMap() {
        return tensors;
    }

    /**
     * One tensor.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("there is no tensor " + name + " among " + tensors.keySet());
        }
        return tensor;
    }

    /** The values of one tensor in row-major order. */
    public float[] values(String name) {
        return get(name).values();
    }

    /**
     * Checks that these are exactly the tensors that are asked for, and puts them into that order.
     *
     * @param expected names and shapes that must be there; nothing else may be
     * @param place what to blame in messages: a file, or what handed the tensors over
     * @throws InvalidInputException with every missing, surplus and misshapen tensor, and every one that holds NaN,
     *     infinity or a negative variance
     */
    public NamedTensors requireExactly(List<TensorSpecification> expected, String place) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        for (TensorSpecification specification : expected) {
            Tensor tensor = tensors.get(specification.name());
            String where = place + ": tensor " + specification.name();
            if (tensor == null) {
                problems.add(Problem.of(where, "nothing", "shape " + specification.shape()));
            } else if (!tensor.shape().equals(specification.shape())) {
                problems.add(Problem.of(where, "shape " + tensor.shape(), "shape " + specification.shape()));
            } else {
                tensor.firstNonFinite()
                        .ifPresent(index -> problems.add(Problem.of(
                                where, tensor.values()[index] + " at index " + index, "finite values only")));
                if (specification.role() == TensorRole.RUNNING_VARIANCE) {
                    tensor.firstNegative()
                            .ifPresent(index -> problems.add(Problem.of(
                                    where,
                                    tensor.values()[index] + " at index " + index,
                                    "variances, which are not negative")));
                }
                ordered.put(specification.name(), tensor);
            }
        }
        Set<String> expectedNames =
                Set.copyOf(expected.stream().map(TensorSpecification::name).toList());
        for (String name : tensors.keySet()) {
            if (!expectedNames.contains(name)) {
                problems.add(Problem.of(
                        place + ": tensor " + name,
                        "shape " + tensors.get(name).shape(),
                        "no tensor of this name in the model"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new NamedTensors(ordered);
    }
}
