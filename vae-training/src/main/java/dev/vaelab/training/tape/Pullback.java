package dev.vaelab.training.tape;

import java.util.List;
import java.util.function.Predicate;

/**
 * The chain rule of a computation on a {@link Tape}.
 *
 * @param <T> the engine's tensor
 */
@FunctionalInterface
public interface Pullback<T> {
    /**
     * Passes derivatives on.
     *
     * @param gradients derivative of the objective by each output
     * @param needed tells of each input whether the derivative by it is asked for
     * @return derivative of the objective by each input, in their order; of those that are not needed, anything
     */
    List<T> apply(List<T> gradients, Predicate<Variable<T>> needed);
}
