package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.Likelihood;
import java.util.List;

/** Squared error of the sigmoid of the logits by twice the variance, and the constant of the density. */
final class GaussianTerm implements ReconstructionTerm {
    private final Likelihood.Gaussian likelihood;

    GaussianTerm(Likelihood.Gaussian likelihood) {
        this.likelihood = likelihood;
    }

    @Override
    public DoubleTensor of(DoubleTensor logits, DoubleTensor images) {
        double[] terms = logits.values().clone();
        for (int index = 0; index < terms.length; index++) {
            double error = sigmoid(terms[index]) - images.values()[index];
            terms[index] = error * error / (2 * likelihood.variance()) + likelihood.constant();
        }
        return NegativeElbo.sumOfEachImage(terms, logits.size(0))
                .computedFrom(List.of(logits), gradient -> List.of(byLogits(logits, images, gradient)));
    }

    private DoubleTensor byLogits(DoubleTensor logits, DoubleTensor images, DoubleTensor gradient) {
        double[] result = logits.values().clone();
        int each = result.length / logits.size(0);
        for (int index = 0; index < result.length; index++) {
            double expected = sigmoid(result[index]);
            double slope = expected * (1 - expected);
            result[index] = gradient.values()[index / each]
                    * (expected - images.values()[index])
                    * slope
                    / likelihood.variance();
        }
        return logits.withValues(result);
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
