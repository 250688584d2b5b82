package dev.vaelab.backend.reference;

import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import java.util.List;

/** The negative ELBO of a Bernoulli decoder and a Gaussian encoder, in nats for each image. */
final class BernoulliLoss implements Loss<DoubleTensor> {
    @Override
    public LossTerms<DoubleTensor> compute(
            DoubleTensor logits, DoubleTensor images, Posterior<DoubleTensor> posterior) {
        return new LossTerms<>(crossEntropy(logits, images), divergence(posterior));
    }

    /** Binary cross-entropy on logits, sum of log(1 + exp(logit)) - pixel * logit, in a form that cannot overflow. */
    private static DoubleTensor crossEntropy(DoubleTensor logits, DoubleTensor images) {
        double[] terms = logits.values().clone();
        for (int index = 0; index < terms.length; index++) {
            double logit = terms[index];
            double softplus = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
            terms[index] = softplus - images.values()[index] * logit;
        }
        return sumOfEachImage(terms, logits.size(0))
                .computedFrom(List.of(logits), gradient -> List.of(byLogits(logits, images, gradient)));
    }

    private static DoubleTensor byLogits(DoubleTensor logits, DoubleTensor images, DoubleTensor gradient) {
        double[] result = logits.values().clone();
        int each = result.length / logits.size(0);
        for (int index = 0; index < result.length; index++) {
            double expected = 1 / (1 + Math.exp(-result[index]));
            result[index] = gradient.values()[index / each] * (expected - images.values()[index]);
        }
        return logits.withValues(result);
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

    private static DoubleTensor sumOfEachImage(double[] terms, int images) {
        return DoubleTensor.of(new Matrix(images, terms.length / images, terms).rowSums(), images);
    }
}
