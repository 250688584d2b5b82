package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Sampler;

/** The reparameterization of Kingma and Welling (2014), section 2.4: z = mean + exp(log-variance / 2) * noise. */
final class DjlSampler implements Sampler<NDArray> {
    private final TorchOperators operators;

    DjlSampler(TorchOperators operators) {
        this.operators = operators;
    }

    @Override
    public NDArray sample(Posterior<NDArray> posterior, NDArray noise) {
        return operators.sample(posterior.mean(), posterior.logVariance(), noise);
    }
}
