package dev.vaelab.training.mixture;

import dev.vaelab.api.random.GaussianStream;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A mixture of Gaussians with full covariances over the latent space.
 *
 * @param components at least one; their weights add up to 1
 */
public record LatentMixture(List<Component> components) {
    private static final double SUM_TOLERANCE = 1e-6;

    /**
     * One of the Gaussians.
     *
     * @param weight its share of the mixture
     * @param mean [latent]
     * @param covariance [latent, latent], symmetric and positive definite
     */
    public record Component(double weight, double[] mean, double[][] covariance) {}

    /** @throws IllegalArgumentException if it is no density, or the components are not of one size */
    public LatentMixture {
        components = List.copyOf(components);
        double sum = 0;
        for (Component component : components) {
            requireSize(component, components.get(0).mean().length);
            if (!(component.weight() >= 0)) {
                throw new IllegalArgumentException("the weight " + component.weight());
            }
            sum += component.weight();
            Cholesky.of(component.covariance());
        }
        if (!(Math.abs(sum - 1) < SUM_TOLERANCE)) {
            throw new IllegalArgumentException("weights that add up to " + sum);
        }
    }

    private static void requireSize(Component component, int latent) {
        boolean square = component.covariance().length == latent;
        for (double[] row : component.covariance()) {
            square &= row.length == latent;
        }
        if (component.mean().length != latent || latent == 0 || !square) {
            throw new IllegalArgumentException("components that are not all of " + latent + " dimensions");
        }
        for (double value : component.mean()) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("the mean " + value);
            }
        }
    }

    /** Dimensions of the latent space. */
    public int latent() {
        return components.get(0).mean().length;
    }

    /**
     * Draws: first a component, then of that, mean + L noise with the Cholesky factor L of its covariance.
     *
     * @return count vectors one after the other; fewer are the first ones of more
     */
    public float[] draw(int count, RandomStreams streams, Purpose purpose) {
        int latent = latent();
        List<double[][]> factors = components.stream()
                .map(component -> Cholesky.of(component.covariance()))
                .toList();
        UniformRandomProvider choices = streams.open(purpose, 1);
        GaussianStream noise = streams.openGaussian(purpose);
        float[] latents = new float[Math.multiplyExact(count, latent)];
        for (int draw = 0; draw < count; draw++) {
            int chosen = choose(choices.nextDouble());
            double[] mean = components.get(chosen).mean();
            double[][] factor = factors.get(chosen);
            float[] standard = noise.draw(latent);
            for (int dimension = 0; dimension < latent; dimension++) {
                double value = mean[dimension];
                for (int other = 0; other <= dimension; other++) {
                    value += factor[dimension][other] * standard[other];
                }
                latents[draw * latent + dimension] = (float) value;
            }
        }
        return latents;
    }

    private int choose(double number) {
        double below = 0;
        int last = 0;
        for (int index = 0; index < components.size(); index++) {
            double weight = components.get(index).weight();
            below += weight;
            if (number < below) {
                return index;
            }
            // Where rounding leaves the sum below the number, the last one that has any weight.
            last = weight > 0 ? index : last;
        }
        return last;
    }
}
