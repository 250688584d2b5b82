package dev.vaelab.backend.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The derivatives of one number by everything that it was computed from.
 *
 * <p>Source: D. E. Rumelhart, G. E. Hinton and R. J. Williams, <em>Learning representations by back-propagating
 * errors</em>, Nature 323, 1986.
 */
final class Backpropagation {
    private final Map<DoubleTensor, DoubleTensor> gradients = new IdentityHashMap<>();

    /** Differentiates an objective, a tensor of a single value. */
    Backpropagation(DoubleTensor objective) {
        gradients.put(objective, DoubleTensor.of(new double[] {1}, 1));
        List<DoubleTensor> inputsFirst = inputsFirst(objective);
        for (int index = inputsFirst.size() - 1; index >= 0; index--) {
            passOn(inputsFirst.get(index));
        }
    }

    /** Derivative of the objective by a tensor; zeros if the objective does not depend on it. */
    DoubleTensor gradientBy(DoubleTensor tensor) {
        DoubleTensor gradient = gradients.get(tensor);
        return gradient == null ? tensor.withValues(new double[tensor.values().length]) : gradient;
    }

    /** By the time that a tensor's turn comes, everything that was computed from it has had its own. */
    private void passOn(DoubleTensor tensor) {
        List<DoubleTensor> inputs = tensor.inputs();
        List<DoubleTensor> inputGradients = tensor.chainRule().apply(gradients.get(tensor));
        for (int index = 0; index < inputs.size(); index++) {
            gradients.merge(inputs.get(index), inputGradients.get(index), DoubleTensor::plus);
        }
    }

    private static List<DoubleTensor> inputsFirst(DoubleTensor objective) {
        List<DoubleTensor> sorted = new ArrayList<>();
        visit(objective, sorted, Collections.newSetFromMap(new IdentityHashMap<>()));
        return sorted;
    }

    private static void visit(DoubleTensor tensor, List<DoubleTensor> sorted, Set<DoubleTensor> seen) {
        if (seen.add(tensor)) {
            tensor.inputs().forEach(input -> visit(input, sorted, seen));
            sorted.add(tensor);
        }
    }
}
