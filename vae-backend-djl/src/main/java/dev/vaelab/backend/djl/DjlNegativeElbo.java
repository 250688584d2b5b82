package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.vaelab.api.backend.Likelihood;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import java.util.function.BinaryOperator;

/**
 * The negative ELBO of a decoder with some likelihood and a Gaussian encoder, in nats per image.
 *
 * <p>Reconstruction: the negative logarithm of the {@link Likelihood}. KL: the sum over latent dimensions of
 * (exp(log-variance) + mean^2 - 1 - log-variance) / 2 (Kingma and Welling 2014, appendix B).
 */
final class DjlNegativeElbo implements Loss<NDArray> {
    private final BinaryOperator<NDArray> reconstruction;
    private final TorchOperators operators;

    /** The loss of this likelihood; whatever it keeps belongs to the manager. */
    DjlNegativeElbo(Likelihood likelihood, NDManager manager, TorchOperators operators) {
        this.operators = operators;
        if (likelihood instanceof Likelihood.Gaussian gaussian) {
            NDArray variance = manager.create(new Shape(1), DataType.FLOAT32);
            NativeValues.write(variance, new float[] {(float) gaussian.variance()});
            reconstruction = (logits, images) -> operators.gaussian(logits, images, variance);
        } else {
            reconstruction = operators::bernoulli;
        }
    }

    @Override
    public LossTerms<NDArray> compute(NDArray logits, NDArray images, Posterior<NDArray> posterior) {
        return new LossTerms<>(
                reconstruction.apply(logits, images), operators.kl(posterior.mean(), posterior.logVariance()));
    }
}
