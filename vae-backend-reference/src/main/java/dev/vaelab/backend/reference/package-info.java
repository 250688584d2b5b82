/**
 * Arithmetic in plain Java and float64, without native code: the oracle that the other engines are judged by.
 *
 * <p>Read it from {@link dev.vaelab.backend.reference.ReferenceBackend} inwards: {@code ReferenceOperations} is all that there is.
 * Where a formula and a faster way differ, the formula stays; the one thing done for speed is the order of the loops of
 * {@code Matrix.times}.
 */
package dev.vaelab.backend.reference;
