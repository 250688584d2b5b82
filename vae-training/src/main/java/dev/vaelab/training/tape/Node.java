package dev.vaelab.training.tape;

import java.util.List;

/**
 * A computation on a {@link Tape}.
 *
 * @param number its place on the tape
 * @param inputs what it read
 * @param outputs how many tensors it gave
 * @param pullback its chain rule: from the derivatives of the objective by each output, null where it does not depend on one, to
 *     those by each input
 * @param <T> the engine's tensor
 */
record Node<T>(int number, List<Variable<T>> inputs, int outputs, Pullback<T> pullback) {}
