package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;

/**
 * The negative ELBO of a Bernoulli likelihood, in nats per image.
 *
 * <p>Reconstruction: the sum over pixels of softplus(logit) - pixel * logit (Kingma and Welling 2014, appendix C.1). KL:
 * the sum over latent dimensions of (exp(log-variance) + mean^2 - 1 - log-variance) / 2 (appendix B).
 */
final class DjlBernoulliLoss implements Loss<NDArray> {
    private final TorchOperators operators;

    DjlBernoulliLoss(TorchOperators operators) {
        this.operators = operators;
    }

    @Override
    public LossTerms<NDArray> compute(NDArray logits, NDArray images, Posterior<NDArray> posterior) {
        return new LossTerms<>(
                operators.bernoulli(logits, images), operators.kl(posterior.mean(), posterior.logVariance()));
    }
}
