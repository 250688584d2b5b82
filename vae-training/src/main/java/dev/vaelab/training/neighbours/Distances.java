package dev.vaelab.training.neighbours;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Squared Euclidean distances of all pairs of two sets of vectors.
 *
 * <p>Each is the sum of squared differences in float32, in the order of the dimensions: not |a|^2 + |b|^2 - 2ab, which loses the
 * digits of vectors that are near each other. Memory is that of a block of references, whatever the number of pairs. The innermost
 * loop runs over the references of a block, one dimension in a row, which is what the compiler makes vector instructions of; the
 * numbers do not depend on that, nor on the number of threads.
 */
public final class Distances {
    /** References of a block: their distances stay in the first cache, and a block of 784 dimensions in the second. */
    private static final int BLOCK = 256;

    /** Queries that a thread takes at a time. */
    private static final int CHUNK = 64;

    private Distances() {}

    /** Is told the distances of a query to a block of references; a query is with one thread at a time, its blocks in order. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes distances.
         *
         * @param query which one
         * @param first the first reference of the block
         * @param count how many references follow, with the first
         * @param squared their squared distances, valid until the call returns
         */
        void visit(int query, int first, int count, float[] squared);
    }

    /**
     * Visits all pairs.
     *
     * @throws IllegalArgumentException if the vectors are not of one length
     */
    public static void visit(Points queries, Points references, Visitor visitor) {
        int dimensions = references.dimensions();
        if (queries.dimensions() != dimensions) {
            throw new IllegalArgumentException(
                    "vectors of " + queries.dimensions() + " have no distance to vectors of " + dimensions);
        }
        int chunks = (queries.count() + CHUNK - 1) / CHUNK;
        for (int from = 0; from < references.count(); from += BLOCK) {
            int first = from;
            int count = Math.min(BLOCK, references.count() - from);
            float[] block = transposed(references, first, count);
            IntStream.range(0, chunks).parallel().forEach(chunk -> {
                float[] squared = new float[count];
                int end = Math.min(queries.count(), (chunk + 1) * CHUNK);
                for (int query = chunk * CHUNK; query < end; query++) {
                    measure(queries.values(), query * dimensions, block, dimensions, squared);
                    visitor.visit(query, first, count, squared);
                }
            });
        }
    }

    /** A block of vectors with a row for each dimension. */
    private static float[] transposed(Points references, int first, int count) {
        int dimensions = references.dimensions();
        float[] block = new float[count * dimensions];
        for (int reference = 0; reference < count; reference++) {
            int place = (first + reference) * dimensions;
            for (int dimension = 0; dimension < dimensions; dimension++) {
                block[dimension * count + reference] = references.values()[place + dimension];
            }
        }
        return block;
    }

    private static void measure(float[] queries, int query, float[] block, int dimensions, float[] squared) {
        int count = squared.length;
        Arrays.fill(squared, 0);
        for (int dimension = 0; dimension < dimensions; dimension++) {
            float coordinate = queries[query + dimension];
            int row = dimension * count;
            for (int reference = 0; reference < count; reference++) {
                float difference = coordinate - block[row + reference];
                squared[reference] += difference * difference;
            }
        }
    }
}
