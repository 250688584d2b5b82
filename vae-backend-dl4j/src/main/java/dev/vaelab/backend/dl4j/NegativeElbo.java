package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.Likelihood;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The negative ELBO of a decoder with some likelihood and a Gaussian encoder, in nats for each image. */
final class NegativeElbo implements TrainableLoss {
    private final Scopes scopes;
    private final ReconstructionTerm reconstruction;
    private final Divergence divergence;

    /**
     * The loss of this likelihood.
     *
     * @param scopes own what it computes
     */
    NegativeElbo(Likelihood likelihood, Scopes scopes) {
        this.scopes = scopes;
        reconstruction = likelihood instanceof Likelihood.Gaussian gaussian
                ? new GaussianTerm(gaussian, scopes)
                : new BernoulliTerm(scopes);
        divergence = new Divergence(scopes);
    }

    @Override
    public LossTerms<INDArray> compute(INDArray logits, INDArray images, Posterior<INDArray> posterior) {
        scopes.requireBatch("logits", logits, eachOf(images));
        scopes.requireBatch("images", images, eachOf(logits));
        scopes.requireBatch("means", posterior.mean(), eachOf(posterior.logVariance()));
        scopes.requireBatch("log-variances", posterior.logVariance(), eachOf(posterior.mean()));
        return new LossTerms<>(reconstruction.compute(logits, images), divergence.compute(posterior));
    }

    @Override
    public LossGradients backward(INDArray logits, INDArray images, Posterior<INDArray> posterior, double beta) {
        double share = 1.0 / images.size(0);
        return new LossGradients(
                reconstruction.backward(logits, images, share), divergence.backward(posterior, beta * share));
    }

    private static long[] eachOf(INDArray batch) {
        return Arrays.copyOfRange(batch.shape(), 1, batch.rank());
    }
}
