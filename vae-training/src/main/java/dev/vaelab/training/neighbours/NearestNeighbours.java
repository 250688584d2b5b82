package dev.vaelab.training.neighbours;

import java.util.Arrays;

/** Finds the nearest of a set of vectors by comparing with all of them: 10,000 against 10,000 images of MNIST in seconds. */
public final class NearestNeighbours {
    private final Points references;

    /** Among these. */
    public NearestNeighbours(Points references) {
        this.references = references;
    }

    /**
     * The nearest references of each of other vectors.
     *
     * @param k from 1 to the number of references
     * @throws IllegalArgumentException if there are not so many, or the vectors are not of one length
     */
    public Neighbours find(Points queries, int k) {
        requireEnough(k, references.count());
        Search search = new Search(queries.count(), k, false);
        Distances.visit(queries, references, search);
        return search.found();
    }

    /**
     * The nearest others of each reference; a vector that is there twice is its twin's neighbour at distance 0.
     *
     * @param k from 1 to the number of references but one
     * @throws IllegalArgumentException if there are not so many
     */
    public Neighbours findOthers(int k) {
        requireEnough(k, references.count() - 1);
        Search search = new Search(references.count(), k, true);
        Distances.visit(references, references, search);
        return search.found();
    }

    private static void requireEnough(int k, int most) {
        if (k < 1 || k > most) {
            throw new IllegalArgumentException("there are no " + k + " nearest neighbours among " + most);
        }
    }

    /** The nearest ones so far; threads write to the entries of queries of their own. */
    private static final class Search implements Distances.Visitor {
        private final int k;
        private final boolean others;
        private final int[] indices;
        private final float[] nearest;
        private final int[] found;

        Search(int queries, int k, boolean others) {
            this.k = k;
            this.others = others;
            this.indices = new int[Math.multiplyExact(queries, k)];
            this.nearest = new float[indices.length];
            this.found = new int[queries];
            Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        }

        Neighbours found() {
            return new Neighbours(k, indices, nearest);
        }

        @Override
        public void visit(int query, int first, int count, float[] squared) {
            int last = query * k + k - 1;
            for (int reference = 0; reference < count; reference++) {
                // The first k are taken however far they are: squares may overflow.
                if ((squared[reference] < nearest[last] || found[query] < k)
                        && !(others && first + reference == query)) {
                    insert(query, first + reference, squared[reference]);
                }
            }
        }

        private void insert(int query, int reference, float distance) {
            int first = query * k;
            int place = first + Math.min(found[query], k - 1);
            while (place > first && nearest[place - 1] > distance) {
                nearest[place] = nearest[place - 1];
                indices[place] = indices[place - 1];
                place--;
            }
            nearest[place] = distance;
            indices[place] = reference;
            found[query] = Math.min(found[query] + 1, k);
        }
    }
}
