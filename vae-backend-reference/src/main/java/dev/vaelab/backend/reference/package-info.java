/**
 * The model in plain Java and float64, without native code: the oracle that the other engines are judged by, and the
 * smallest complete backend to copy from.
 *
 * <p>Read it from {@link dev.vaelab.backend.reference.ReferenceBackend} inwards. Each layer is one class that computes
 * its output and states its chain rule beside it; {@code Backpropagation} walks the chain rules backwards. Where
 * a formula and a faster way differ, the formula stays; the one thing done for speed is the order of the loops of
 * {@code Matrix.times}.
 */
package dev.vaelab.backend.reference;
