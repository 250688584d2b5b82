package dev.vaelab.training.part;

import dev.vaelab.api.random.GaussianStream;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import org.apache.commons.rng.UniformRandomProvider;

/** Draws from a mixture of Gaussians with diagonal covariances. */
final class MixtureDraws {
    private MixtureDraws() {}

    /**
     * Draws: first a component, then of that.
     *
     * @param shares of the components, which add up to 1
     * @param means one component after the other
     * @param logVariances likewise
     * @return count vectors one after the other; fewer are the first ones of more
     */
    static float[] of(
            double[] shares,
            float[] means,
            float[] logVariances,
            int count,
            int latent,
            RandomStreams streams,
            Purpose purpose) {
        UniformRandomProvider choices = streams.open(purpose, 1);
        GaussianStream noise = streams.openGaussian(purpose);
        float[] latents = new float[count * latent];
        for (int draw = 0; draw < count; draw++) {
            int component = choose(shares, choices.nextDouble());
            float[] standard = noise.draw(latent);
            for (int dimension = 0; dimension < latent; dimension++) {
                int place = component * latent + dimension;
                latents[draw * latent + dimension] =
                        (float) (means[place] + Math.exp(logVariances[place] / 2) * standard[dimension]);
            }
        }
        return latents;
    }

    private static int choose(double[] shares, double number) {
        double below = 0;
        for (int index = 0; index < shares.length - 1; index++) {
            below += shares[index];
            if (number < below) {
                return index;
            }
        }
        return shares.length - 1;
    }
}
