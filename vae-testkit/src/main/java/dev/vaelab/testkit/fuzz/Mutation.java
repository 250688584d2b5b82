package dev.vaelab.testkit.fuzz;

import java.util.random.RandomGenerator;

/** A random change of a file. */
@FunctionalInterface
public interface Mutation {
    /**
     * Changes a file.
     *
     * @param content the bytes of the file, which stay as they are
     * @param random where all choices come from
     * @return the bytes of another file; the same ones if there is nothing to change
     */
    byte[] apply(byte[] content, RandomGenerator random);
}
