package dev.vaelab.api.backend;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.weights.NamedTensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that an optimizer remembers; with the weights, enough to go on as if training had never stopped.
 *
 * @param steps updates made so far
 * @param slots for each of {@link OptimizerSettings#slots()} a value for every entry of every trainable tensor, under
 *     their canonical names
 */
public record OptimizerState(long steps, Map<String, NamedTensors> slots) {
    /** Copies the slots and keeps their order. */
    public OptimizerState {
        slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    }

    /** The tensors of a slot that is there. */
    public NamedTensors slot(String name) {
        NamedTensors tensors = slots.get(name);
        if (tensors == null) {
            throw new IllegalArgumentException("there is no slot " + name + " among " + slots.keySet());
        }
        return tensors;
    }

    /**
     * Checks that this is the state of this optimizer on a model of this architecture, and puts slots and tensors into
     * canonical order.
     *
     * @throws InvalidInputException if the steps are negative, if the slots are not exactly those of the optimizer, or if
     *     the tensors of one are not exactly the trainable ones; the problems are placed at {@code optimizer steps},
     *     {@code optimizer slots} and at {@code first moment}, {@code velocity} and the like
     */
    public OptimizerState requireFits(Architecture architecture, OptimizerSettings settings) {
        List<Problem> problems = new ArrayList<>();
        if (steps < 0) {
            problems.add(Problem.of("optimizer steps", Long.toString(steps), "0 or more"));
        }
        List<String> expected = settings.slots();
        if (slots.size() != expected.size() || !slots.keySet().containsAll(expected)) {
            problems.add(Problem.of("optimizer slots", String.join(", ", slots.keySet()), String.join(", ", expected)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        Map<String, NamedTensors> ordered = new LinkedHashMap<>();
        for (String name : expected) {
            ordered.put(name, slots.get(name).requireExactly(architecture.trainableTensors(), name.replace('_', ' ')));
        }
        return new OptimizerState(steps, ordered);
    }
}
