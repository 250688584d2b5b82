package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Bernoulli likelihood, and KL of a diagonal Gaussian to N(0, I).
 *
 * <p>Source: Kingma and Welling (2014), appendices B and C.1. With logit l and pixel x the reconstruction term of a pixel
 * is softplus(l) - x l, computed as max(l, 0) + log(1 + exp(-|l|)) - x l, which no logit overflows. With mean m and
 * log-variance v the KL term of a latent dimension is (m^2 + exp(v) - 1 - v) / 2.
 */
final class BernoulliLoss implements TrainableLoss {
    private final Scopes scopes;

    BernoulliLoss(Scopes scopes) {
        this.scopes = scopes;
    }

    @Override
    public LossTerms<INDArray> compute(INDArray logits, INDArray images, Posterior<INDArray> posterior) {
        requireSameShape(logits, images);
        return new LossTerms<>(reconstruction(logits, images), kl(posterior));
    }

    /** By a logit sigmoid(l) - x; by a mean m; by a log-variance (exp(v) - 1) / 2; all divided by the images. */
    @Override
    public LossGradients backward(INDArray logits, INDArray images, Posterior<INDArray> posterior, double beta) {
        double share = 1.0 / images.size(0);
        INDArray byLogits = scopes.own(logits.ulike());
        Nd4j.getExecutioner().exec(new Sigmoid(logits, byLogits));
        byLogits.subi(images).muli(share);
        INDArray byMean = scopes.own(posterior.mean().mul(beta * share));
        INDArray byLogVariance = exponential(posterior.logVariance()).subi(1).muli(beta * share / 2);
        return new LossGradients(byLogits, new Posterior<>(byMean, byLogVariance));
    }

    private INDArray reconstruction(INDArray logits, INDArray images) {
        try (INDArray terms = logits.ulike();
                INDArray other = logits.ulike()) {
            Nd4j.getExecutioner().exec(new Abs(logits, terms));
            terms.negi();
            Nd4j.getExecutioner().exec(new Exp(terms, terms));
            Nd4j.getExecutioner().exec(new Log1p(terms, terms));
            Nd4j.getExecutioner().exec(new RectifiedLinear(logits, other, 0));
            terms.addi(other);
            logits.muli(images, other);
            terms.subi(other);
            return sumOfEachImage(terms);
        }
    }

    private INDArray kl(Posterior<INDArray> posterior) {
        INDArray mean = posterior.mean();
        INDArray logVariance = posterior.logVariance();
        try (INDArray squares = mean.mul(mean)) {
            INDArray terms = exponential(logVariance)
                    .subi(logVariance)
                    .subi(1)
                    .addi(squares)
                    .muli(0.5);
            return sumOfEachImage(terms);
        }
    }

    private INDArray exponential(INDArray array) {
        INDArray result = scopes.own(array.ulike());
        Nd4j.getExecutioner().exec(new Exp(array, result));
        return result;
    }

    private INDArray sumOfEachImage(INDArray terms) {
        long images = terms.size(0);
        return scopes.own(terms.reshape(images, terms.length() / images).sum(1));
    }

    private static void requireSameShape(INDArray logits, INDArray images) {
        if (!java.util.Arrays.equals(logits.shape(), images.shape())) {
            throw new IllegalArgumentException("logits and images need the same shape, found "
                    + java.util.Arrays.toString(logits.shape()) + " and " + java.util.Arrays.toString(images.shape()));
        }
    }
}
