package dev.vaelab.backend.reference;

import java.util.List;

/** Binary cross-entropy on logits. */
final class BernoulliTerm implements ReconstructionTerm {
    /** Sum of log(1 + exp(logit)) - pixel * logit, in a form that cannot overflow. */
    @Override
    public DoubleTensor of(DoubleTensor logits, DoubleTensor images) {
        double[] terms = logits.values().clone();
        for (int index = 0; index < terms.length; index++) {
            double logit = terms[index];
            double softplus = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
            terms[index] = softplus - images.values()[index] * logit;
        }
        return NegativeElbo.sumOfEachImage(terms, logits.size(0))
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
}
