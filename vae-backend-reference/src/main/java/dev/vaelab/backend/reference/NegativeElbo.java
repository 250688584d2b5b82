package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.Likelihood;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import java.util.List;

/** The negative ELBO of a decoder with some likelihood and a Gaussian encoder, in nats for each image. */
final class NegativeElbo implements Loss<DoubleTensor> {
    private final ReconstructionTerm reconstruction;

    /** The loss of this likelihood. */
    NegativeElbo(Likelihood likelihood) {
        reconstruction =
                likelihood instanceof Likelihood.Gaussian gaussian ? new GaussianTerm(gaussian) : new BernoulliTerm();
    }

    @Override
    public LossTerms<DoubleTensor> compute(
            DoubleTensor logits, DoubleTensor images, Posterior<DoubleTensor> posterior) {
        return new LossTerms<>(reconstruction.of(logits, images), divergence(posterior));
    }

    /** KL(q(z|x) || N(0, I)) = sum of (mean^2 + exp(log-variance) - 1 - log-variance) / 2. */
    private static DoubleTensor divergence(Posterior<DoubleTensor> posterior) {
        double[] mean = posterior.mean().values();
        double[] logVariance = posterior.logVariance().values();
        double[] terms = new double[mean.length];
        for (int index = 0; index < terms.length; index++) {
            terms[index] = (mean[index] * mean[index] + Math.exp(logVariance[index]) - 1 - logVariance[index]) / 2;
        }
        return sumOfEachImage(terms, posterior.mean().size(0))
                .computedFrom(
                        List.of(posterior.mean(), posterior.logVariance()),
                        gradient -> List.of(
                                byMean(posterior.mean(), gradient), byLogVariance(posterior.logVariance(), gradient)));
    }

    private static DoubleTensor byMean(DoubleTensor mean, DoubleTensor gradient) {
        double[] result = mean.values().clone();
        int each = result.length / mean.size(0);
        for (int index = 0; index < result.length; index++) {
            result[index] *= gradient.values()[index / each];
        }
        return mean.withValues(result);
    }

    private static DoubleTensor byLogVariance(DoubleTensor logVariance, DoubleTensor gradient) {
        double[] result = logVariance.values().clone();
        int each = result.length / logVariance.size(0);
        for (int index = 0; index < result.length; index++) {
            result[index] = gradient.values()[index / each] * (Math.exp(result[index]) - 1) / 2;
        }
        return logVariance.withValues(result);
    }

    /** The sum of the terms of each image, one after the other. */
    static DoubleTensor sumOfEachImage(double[] terms, int images) {
        return DoubleTensor.of(new Matrix(images, terms.length / images, terms).rowSums(), images);
    }
}
