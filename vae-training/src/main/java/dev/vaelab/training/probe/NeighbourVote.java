package dev.vaelab.training.probe;

import dev.vaelab.training.neighbours.Distances;
import dev.vaelab.training.neighbours.NearestNeighbours;
import dev.vaelab.training.neighbours.Neighbours;
import dev.vaelab.training.neighbours.Points;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells labels by the k nearest neighbours: the label that most of them have (T. Cover and P. Hart, <em>Nearest neighbor pattern
 * classification</em>, 1967). Of labels that as many have, it is the one whose first neighbour is nearer.
 *
 * <p>References come piece by piece, so that memory need not hold all of them: only the k nearest ones so far are kept of each query.
 * The result does not depend on the pieces. Distances are those of {@link Distances}: Euclidean, in float32.
 */
public final class NeighbourVote {
    private final Points queries;
    private final int k;
    private final float[] distances;
    private final int[] labels;
    private int seen;

    /**
     * Of these vectors.
     *
     * @param k at least one
     */
    public NeighbourVote(Points queries, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("a vote needs a neighbour, found " + k);
        }
        this.queries = queries;
        this.k = k;
        distances = new float[Math.multiplyExact(queries.count(), k)];
        labels = new int[distances.length];
    }

    /**
     * Compares with more references.
     *
     * @param references of the length of the queries, at least one
     * @param ofReferences their labels
     */
    public void add(Points references, int[] ofReferences) {
        int more = Math.min(k, references.count());
        Neighbours found = new NearestNeighbours(references).find(queries, more);
        for (int query = 0; query < queries.count(); query++) {
            for (int rank = 0; rank < more; rank++) {
                insert(
                        query,
                        Math.min(k, seen + rank),
                        found.squaredDistance(query, rank),
                        ofReferences[found.index(query, rank)]);
            }
        }
        seen = Math.min(k, seen + more);
    }

    /** Behind those that are as near: they have been there before. */
    private void insert(int query, int filled, float distance, int label) {
        int first = query * k;
        int place = first + filled;
        while (place > first && distances[place - 1] > distance) {
            place--;
        }
        int end = first + Math.min(filled, k - 1);
        if (place > end) {
            return;
        }
        System.arraycopy(distances, place, distances, place + 1, end - place);
        System.arraycopy(labels, place, labels, place + 1, end - place);
        distances[place] = distance;
        labels[place] = label;
    }

    /**
     * The label of each query.
     *
     * @throws IllegalStateException if there were fewer than k references
     */
    public int[] labels() {
        if (seen < k) {
            throw new IllegalStateException(k + " neighbours vote, found " + seen);
        }
        int[] chosen = new int[queries.count()];
        Arrays.setAll(chosen, query -> vote(query * k));
        return chosen;
    }

    private int vote(int first) {
        Map<Integer, Integer> votes = new HashMap<>();
        for (int rank = 0; rank < k; rank++) {
            votes.merge(labels[first + rank], 1, Integer::sum);
        }
        int most = votes.values().stream().max(Integer::compare).orElseThrow();
        int rank = 0;
        while (votes.get(labels[first + rank]) < most) {
            rank++;
        }
        return labels[first + rank];
    }
}
