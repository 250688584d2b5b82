package dev.vaelab.api.backend;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.weights.NamedTensors;

/**
 * Everything that Adam remembers; with the weights, enough to go on as if training had never stopped.
 *
 * @param steps updates made so far
 * @param firstMoment running mean of the gradients, for each trainable tensor under its canonical name
 * @param secondMoment running mean of the squared gradients, likewise
 */
public record OptimizerState(long steps, NamedTensors firstMoment, NamedTensors secondMoment) {
    /**
     * Checks that this is the state of a model of this architecture, and puts the moments into canonical order.
     *
     * @throws InvalidInputException if the steps are negative, or if the moments are not exactly the trainable tensors
     *     of the architecture; the problems are placed at {@code optimizer steps}, {@code first moment} and
     *     {@code second moment}
     */
    public OptimizerState requireFits(Architecture architecture) {
        if (steps < 0) {
            throw new InvalidInputException(Problem.of("optimizer steps", Long.toString(steps), "0 or more"));
        }
        return new OptimizerState(
                steps,
                firstMoment.requireExactly(architecture.trainableTensors(), "first moment"),
                secondMoment.requireExactly(architecture.trainableTensors(), "second moment"));
    }
}
