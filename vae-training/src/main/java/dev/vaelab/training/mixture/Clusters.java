package dev.vaelab.training.mixture;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Clusters by k-means (S. P. Lloyd, 1982), from centres that are drawn far from each other (D. Arthur and S. Vassilvitskii, k-means++,
 * 2007).
 */
final class Clusters {
    /** A start for a fit needs no more. */
    private static final int MOST_ROUNDS = 30;

    private Clusters() {}

    /** The cluster of each row, from 0; one may be empty if rows are equal. */
    static int[] of(double[][] rows, int count, UniformRandomProvider random) {
        double[][] centres = first(rows, count, random);
        int[] clusters = nearest(rows, centres);
        for (int round = 1; round < MOST_ROUNDS; round++) {
            move(centres, rows, clusters);
            int[] next = nearest(rows, centres);
            if (Arrays.equals(next, clusters)) {
                break;
            }
            clusters = next;
        }
        return clusters;
    }

    /** Each next centre is a row, drawn in proportion to its squared distance to the centres so far. */
    private static double[][] first(double[][] rows, int count, UniformRandomProvider random) {
        double[][] centres = new double[count][];
        centres[0] = rows[random.nextInt(rows.length)].clone();
        double[] distances = new double[rows.length];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        for (int centre = 1; centre < count; centre++) {
            double sum = 0;
            for (int row = 0; row < rows.length; row++) {
                distances[row] = Math.min(distances[row], squared(rows[row], centres[centre - 1]));
                sum += distances[row];
            }
            double limit = random.nextDouble() * sum;
            int chosen = 0;
            for (double below = distances[0]; below <= limit && chosen < rows.length - 1; below += distances[chosen]) {
                chosen++;
            }
            centres[centre] = rows[chosen].clone();
        }
        return centres;
    }

    private static int[] nearest(double[][] rows, double[][] centres) {
        return IntStream.range(0, rows.length)
                .parallel()
                .map(row -> {
                    int nearest = 0;
                    double least = Double.POSITIVE_INFINITY;
                    for (int centre = 0; centre < centres.length; centre++) {
                        double distance = squared(rows[row], centres[centre]);
                        if (distance < least) {
                            least = distance;
                            nearest = centre;
                        }
                    }
                    return nearest;
                })
                .toArray();
    }

    private static void move(double[][] centres, double[][] rows, int[] clusters) {
        int[] sizes = new int[centres.length];
        double[][] sums = new double[centres.length][rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            sizes[clusters[row]]++;
            double[] sum = sums[clusters[row]];
            for (int dimension = 0; dimension < sum.length; dimension++) {
                sum[dimension] += rows[row][dimension];
            }
        }
        for (int centre = 0; centre < centres.length; centre++) {
            for (int dimension = 0; sizes[centre] > 0 && dimension < sums[centre].length; dimension++) {
                centres[centre][dimension] = sums[centre][dimension] / sizes[centre];
            }
        }
    }

    private static double squared(double[] left, double[] right) {
        double sum = 0;
        for (int dimension = 0; dimension < left.length; dimension++) {
            double difference = left[dimension] - right[dimension];
            sum += difference * difference;
        }
        return sum;
    }
}
