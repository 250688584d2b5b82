package dev.vaelab.training.neighbours;

/**
 * The k nearest references of each query, the nearest first; of references that are equally far the one with the lower index.
 *
 * @param k how many there are of each query
 * @param indices of the references, [queries, k]
 * @param squaredDistances to them, [queries, k]
 */
public record Neighbours(int k, int[] indices, float[] squaredDistances) {
    /** How many queries there are. */
    public int queries() {
        return indices.length / k;
    }

    /**
     * A neighbour of a query.
     *
     * @param rank from 0, the nearest
     */
    public int index(int query, int rank) {
        return indices[query * k + rank];
    }

    /**
     * The squared distance of a neighbour.
     *
     * @param rank from 0, the nearest
     */
    public float squaredDistance(int query, int rank) {
        return squaredDistances[query * k + rank];
    }
}
