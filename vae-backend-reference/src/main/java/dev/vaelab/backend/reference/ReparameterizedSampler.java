package dev.vaelab.backend.reference;

import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Sampler;
import java.util.List;

/** The reparameterization: latent = mean + exp(log-variance / 2) * noise (Kingma and Welling 2014, section 2.4). */
final class ReparameterizedSampler implements Sampler<DoubleTensor> {
    @Override
    public DoubleTensor sample(Posterior<DoubleTensor> posterior, DoubleTensor noise) {
        double[] mean = posterior.mean().values();
        double[] logVariance = posterior.logVariance().values();
        double[] deviations = new double[mean.length];
        double[] latents = new double[mean.length];
        for (int index = 0; index < latents.length; index++) {
            deviations[index] = Math.exp(logVariance[index] / 2) * noise.values()[index];
            latents[index] = mean[index] + deviations[index];
        }
        return noise.withValues(latents)
                .computedFrom(
                        List.of(posterior.mean(), posterior.logVariance()),
                        gradient -> List.of(gradient, byLogVariance(deviations, gradient)));
    }

    private static DoubleTensor byLogVariance(double[] deviations, DoubleTensor gradient) {
        double[] result = gradient.values().clone();
        for (int index = 0; index < result.length; index++) {
            result[index] *= deviations[index] / 2;
        }
        return gradient.withValues(result);
    }
}
