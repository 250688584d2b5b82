package dev.vaelab.api.model;

import dev.vaelab.api.tensor.Operand;

/**
 * The tensors of a part of the model: pseudo-inputs, mixture weights, a learned variance.
 *
 * @param <X> tensors of an engine, or variables of a tape
 */
@FunctionalInterface
public interface PartTensors<X> {
    /** A tensor by the name that the part gave it. */
    Operand<X> get(String name);
}
