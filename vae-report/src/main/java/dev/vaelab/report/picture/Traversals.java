package dev.vaelab.report.picture;

import dev.vaelab.training.LatentStatistics;
import java.util.List;

/** Which latent dimensions a picture of traversals goes along, and how far. */
public final class Traversals {
    /** The values go from minus this to this: all but a few of the prior's. */
    public static final float LIMIT = 3;

    /** Values of a dimension, the 0 in their middle. */
    static final int STEPS = 11;

    private static final int MOST_DIMENSIONS = 10;

    private Traversals() {}

    /** The dimensions with the largest KL, the largest first, counted from 0; at most ten. */
    public static List<Integer> dimensions(LatentStatistics statistics) {
        return statistics.mostInformativeFirst().stream().limit(MOST_DIMENSIONS).toList();
    }
}
