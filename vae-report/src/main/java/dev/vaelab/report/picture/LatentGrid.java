package dev.vaelab.report.picture;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Latents on lines and planes, for pictures that show what lies there; vectors one after the other, in reading order. */
final class LatentGrid {
    private static final NormalDistribution PRIOR = NormalDistribution.of(0, 1);

    private LatentGrid() {}

    /**
     * The straight line between two latents, both ends included.
     *
     * @param steps how many latents, at least two
     */
    static float[] between(float[] from, float[] to, int steps) {
        float[] line = new float[steps * from.length];
        for (int step = 0; step < steps; step++) {
            float share = step / (float) (steps - 1);
            for (int dimension = 0; dimension < from.length; dimension++) {
                line[step * from.length + dimension] = from[dimension] * (1 - share) + to[dimension] * share;
            }
        }
        return line;
    }

    /**
     * One row for each of some dimensions, which goes from {@code -limit} to {@code limit} while all others are 0, the mean
     * of the prior.
     *
     * @param latent dimensions of the latent space
     * @param steps latents of a row, at least two
     */
    static float[] along(int latent, List<Integer> dimensions, float limit, int steps) {
        float[] rows = new float[dimensions.size() * steps * latent];
        for (int row = 0; row < dimensions.size(); row++) {
            for (int step = 0; step < steps; step++) {
                rows[(row * steps + step) * latent + dimensions.get(row)] =
                        limit * (2 * step - (steps - 1)) / (steps - 1);
            }
        }
        return rows;
    }

    /**
     * A square grid over the plane of a latent space with two dimensions, whose cells all hold the same share of the prior:
     * the first dimension grows from left to right, the second from the bottom to the top, as in a coordinate system (D. P.
     * Kingma and M. Welling, Auto-Encoding Variational Bayes, 2014, figure 4).
     *
     * @param side rows and columns
     */
    static float[] quantiles(int side) {
        float[] grid = new float[side * side * 2];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                int place = 2 * (row * side + column);
                grid[place] = quantile(column, side);
                grid[place + 1] = quantile(side - 1 - row, side);
            }
        }
        return grid;
    }

    private static float quantile(int cell, int cells) {
        return (float) PRIOR.inverseCumulativeProbability((cell + 0.5) / cells);
    }
}
