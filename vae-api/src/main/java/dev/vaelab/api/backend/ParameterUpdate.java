package dev.vaelab.api.backend;

import java.util.List;
import java.util.Map;

/**
 * One step of an optimizer over all parameters.
 *
 * @param <T> the engine's tensor
 */
@FunctionalInterface
public interface ParameterUpdate<T> {
    /**
     * Changes parameters and slots in place, as {@link OptimizerSettings} defines it.
     *
     * @param parameters variables, the same ones in every step
     * @param gradients a gradient for each, of its shape
     * @param slots for each of {@link OptimizerSettings#slots()} a variable for each parameter, the same ones in every step
     * @param step number of this update, counted from 1
     * @param learningRate step size, which may be 0
     */
    void apply(List<T> parameters, List<T> gradients, Map<String, List<T>> slots, long step, double learningRate);
}
