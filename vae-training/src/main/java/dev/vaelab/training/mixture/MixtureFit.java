package dev.vaelab.training.mixture;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A mixture of Gaussians as expectation maximization has fitted it (A. P. Dempster, N. M. Laird and D. B. Rubin, 1977; C. M. Bishop,
 * Pattern Recognition and Machine Learning, 2006, section 9.2.2).
 *
 * <p>The latents are scaled to variance 1 in each dimension first, so that inactive dimensions are as good as others. They start in the
 * clusters of {@link Clusters k-means}. In each iteration {@link #RIDGE} is added to the variances of each component: it keeps a
 * covariance positive definite where dimensions are constant or follow from others, or a component has fewer latents than
 * dimensions. Densities are logarithms throughout, as those of 50 dimensions leave the range of floating-point numbers. It ends when
 * an iteration raises the mean log-likelihood by less than {@link #TOLERANCE}, or after {@link #MOST_ITERATIONS} (ridge, tolerance and
 * number are scikit-learn's).
 *
 * @param mixture the fitted density
 * @param logLikelihood of the latents, mean of log p(z) in nats
 * @param iterations how many there were
 * @param converged whether the last one changed less than the tolerance
 */
public record MixtureFit(LatentMixture mixture, double logLikelihood, int iterations, boolean converged) {
    /** What is added to each variance, in units of the variance of the dimension over all latents. */
    public static final double RIDGE = 1e-6;

    /** In nats per latent. */
    public static final double TOLERANCE = 1e-3;

    /** So many iterations at most. */
    public static final int MOST_ITERATIONS = 100;

    /**
     * Fits a mixture.
     *
     * @param latents vector after vector, finite
     * @param latent dimensions of each
     * @param components how many Gaussians, at most as many as latents
     * @param streams where the first centres are drawn from
     * @throws IllegalArgumentException if there are not enough latents
     */
    public static MixtureFit of(float[] latents, int latent, int components, RandomStreams streams) {
        int count = latents.length / latent;
        if (components < 1 || components > count) {
            throw new IllegalArgumentException(components + " components for " + count + " latents");
        }
        Scaling scaling = Scaling.of(latents, latent);
        double[][] rows = scaling.apply(latents);
        int[] clusters = Clusters.of(rows, components, streams.open(Purpose.MIXTURE, 1));
        return new Maximization(rows, components).run(clusters, scaling);
    }

    /** What makes the latents have mean 0 and variance 1 in each dimension; a constant one keeps its scale. */
    private record Scaling(double[] means, double[] deviations) {
        static Scaling of(float[] latents, int latent) {
            int count = latents.length / latent;
            double[] means = new double[latent];
            double[] deviations = new double[latent];
            for (int index = 0; index < latents.length; index++) {
                means[index % latent] += latents[index] / (double) count;
            }
            for (int index = 0; index < latents.length; index++) {
                double difference = latents[index] - means[index % latent];
                deviations[index % latent] += difference * difference / count;
            }
            for (int dimension = 0; dimension < latent; dimension++) {
                // Rounding of the mean leaves a constant dimension a variance of some 1e-33.
                boolean constant = deviations[dimension] <= Math.pow(Math.ulp((float) means[dimension]), 2);
                deviations[dimension] = constant ? 1 : Math.sqrt(deviations[dimension]);
            }
            return new Scaling(means, deviations);
        }

        double[][] apply(float[] latents) {
            int latent = means.length;
            double[][] rows = new double[latents.length / latent][latent];
            for (int index = 0; index < latents.length; index++) {
                int dimension = index % latent;
                rows[index / latent][dimension] = (latents[index] - means[dimension]) / deviations[dimension];
            }
            return rows;
        }

        LatentMixture.Component undo(double weight, double[] mean, double[][] covariance) {
            int latent = means.length;
            double[] place = new double[latent];
            double[][] spread = new double[latent][latent];
            for (int row = 0; row < latent; row++) {
                place[row] = means[row] + deviations[row] * mean[row];
                for (int column = 0; column < latent; column++) {
                    spread[row][column] = deviations[row]
                            * deviations[column]
                            * covariance[Math.max(row, column)][Math.min(row, column)];
                }
            }
            return new LatentMixture.Component(weight, place, spread);
        }

        double logDeterminant() {
            return Arrays.stream(deviations).map(Math::log).sum();
        }
    }

    /** The iterations, on scaled latents. Components and blocks of latents are each a thread's own: sums have one order. */
    private static final class Maximization {
        private static final int BLOCK = 128;
        private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

        private final double[][] rows;
        private final int latent;
        private final double[] weights;
        private final double[][] means;
        private final double[][][] covariances;
        private final double[][] responsibilities;

        Maximization(double[][] rows, int components) {
            this.rows = rows;
            this.latent = rows[0].length;
            this.weights = new double[components];
            this.means = new double[components][latent];
            this.covariances = new double[components][latent][latent];
            this.responsibilities = new double[components][rows.length];
        }

        MixtureFit run(int[] clusters, Scaling scaling) {
            for (int row = 0; row < rows.length; row++) {
                responsibilities[clusters[row]][row] = 1;
            }
            double before = Double.NEGATIVE_INFINITY;
            double now = Double.NEGATIVE_INFINITY;
            int iterations = 0;
            boolean converged = false;
            while (!converged && iterations < MOST_ITERATIONS) {
                maximize();
                now = expect();
                converged = Math.abs(now - before) < TOLERANCE;
                before = now;
                iterations++;
            }
            List<LatentMixture.Component> components = new ArrayList<>();
            for (int component = 0; component < weights.length; component++) {
                components.add(scaling.undo(weights[component], means[component], covariances[component]));
            }
            return new MixtureFit(new LatentMixture(components), now - scaling.logDeterminant(), iterations, converged);
        }

        private void maximize() {
            IntStream.range(0, weights.length).parallel().forEach(this::maximize);
        }

        private void maximize(int component) {
            double[] share = responsibilities[component];
            double mass = 0;
            double[] mean = new double[latent];
            for (int row = 0; row < rows.length; row++) {
                mass += share[row];
                addTo(mean, share[row], rows[row], latent);
            }
            weights[component] = mass / rows.length;
            double[][] covariance = new double[latent][latent];
            // A component that has lost all its latents stays where it was, with no weight; at first it is as wide as
            // all of them.
            if (mass > 0) {
                double[] difference = new double[latent];
                for (int dimension = 0; dimension < latent; dimension++) {
                    mean[dimension] /= mass;
                }
                for (int row = 0; row < rows.length; row++) {
                    if (share[row] > 0) {
                        for (int dimension = 0; dimension < latent; dimension++) {
                            difference[dimension] = rows[row][dimension] - mean[dimension];
                        }
                        for (int dimension = 0; dimension < latent; dimension++) {
                            addTo(
                                    covariance[dimension],
                                    share[row] / mass * difference[dimension],
                                    difference,
                                    dimension + 1);
                        }
                    }
                }
                means[component] = mean;
                covariances[component] = covariance;
                addRidge(covariance, RIDGE);
            } else if (covariances[component][0][0] == 0) {
                addRidge(covariances[component], 1);
            }
        }

        private void addRidge(double[][] covariance, double ridge) {
            for (int dimension = 0; dimension < latent; dimension++) {
                covariance[dimension][dimension] += ridge;
            }
        }

        private static void addTo(double[] sum, double factor, double[] values, int count) {
            for (int index = 0; index < count; index++) {
                sum[index] += factor * values[index];
            }
        }

        /** Which component each latent is of, and how likely all of them are. */
        private double expect() {
            double[][][] factors = Arrays.stream(covariances).map(Cholesky::of).toArray(double[][][]::new);
            double[] logNorms = IntStream.range(0, weights.length)
                    .mapToDouble(component -> Math.log(weights[component])
                            - latent * LOG_TWO_PI / 2
                            - Cholesky.halfLogDeterminant(factors[component]))
                    .toArray();
            double[] logDensities = new double[rows.length];
            IntStream.range(0, (rows.length + BLOCK - 1) / BLOCK).parallel().forEach(block -> {
                int from = block * BLOCK;
                int count = Math.min(BLOCK, rows.length - from);
                for (int component = 0; component < weights.length; component++) {
                    double[] distances = distances(factors[component], means[component], from, count);
                    for (int row = 0; row < count; row++) {
                        responsibilities[component][from + row] = logNorms[component] - distances[row] / 2;
                    }
                }
                for (int row = from; row < from + count; row++) {
                    logDensities[row] = normalize(row);
                }
            });
            return Arrays.stream(logDensities).sum() / rows.length;
        }

        /** Squared Mahalanobis distances of a block of latents: |L^-1 (z - mean)|^2, all of them in each step. */
        private double[] distances(double[][] factor, double[] mean, int from, int count) {
            double[][] solved = new double[latent][count];
            double[] squares = new double[count];
            for (int dimension = 0; dimension < latent; dimension++) {
                double[] own = solved[dimension];
                for (int row = 0; row < count; row++) {
                    own[row] = rows[from + row][dimension] - mean[dimension];
                }
                for (int other = 0; other < dimension; other++) {
                    addTo(own, -factor[dimension][other], solved[other], count);
                }
                double diagonal = factor[dimension][dimension];
                for (int row = 0; row < count; row++) {
                    own[row] /= diagonal;
                    squares[row] += own[row] * own[row];
                }
            }
            return squares;
        }

        private double normalize(int row) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double[] share : responsibilities) {
                largest = Math.max(largest, share[row]);
            }
            double sum = 0;
            for (double[] share : responsibilities) {
                sum += Math.exp(share[row] - largest);
            }
            double logDensity = largest + Math.log(sum);
            for (double[] share : responsibilities) {
                share[row] = Math.exp(share[row] - logDensity);
            }
            return logDensity;
        }
    }
}
