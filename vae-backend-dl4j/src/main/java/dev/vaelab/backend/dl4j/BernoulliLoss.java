package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import java.util.Arrays;
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

    /**
     * Makes a loss.
     *
     * @param scopes own what it computes
     */
    BernoulliLoss(Scopes scopes) {
        this.scopes = scopes;
    }

    @Override
    public LossTerms<INDArray> compute(INDArray logits, INDArray images, Posterior<INDArray> posterior) {
        scopes.requireBatch("logits", logits, eachOf(images));
        scopes.requireBatch("images", images, eachOf(logits));
        scopes.requireBatch("means", posterior.mean(), eachOf(posterior.logVariance()));
        scopes.requireBatch("log-variances", posterior.logVariance(), eachOf(posterior.mean()));
        return new LossTerms<>(reconstruction(logits, images), kl(posterior));
    }

    /** By a logit sigmoid(l) - x; by a mean m; by a log-variance (exp(v) - 1) / 2; all divided by the images. */
    @Override
    public LossGradients backward(INDArray logits, INDArray images, Posterior<INDArray> posterior, double beta) {
        double share = 1.0 / images.size(0);
        INDArray byLogits = scopes.allocate(logits.shape());
        Nd4j.getExecutioner().exec(new Sigmoid(logits, byLogits));
        byLogits.subi(images).muli(share);
        INDArray byMean = scopes.copy(posterior.mean()).muli(beta * share);
        INDArray byLogVariance = exponential(posterior.logVariance()).subi(1).muli(beta * share / 2);
        return new LossGradients(byLogits, new Posterior<>(byMean, byLogVariance));
    }

    private INDArray reconstruction(INDArray logits, INDArray images) {
        INDArray terms = scopes.allocate(logits.shape());
        Nd4j.getExecutioner().exec(new Abs(logits, terms));
        terms.negi();
        Nd4j.getExecutioner().exec(new Exp(terms, terms));
        Nd4j.getExecutioner().exec(new Log1p(terms, terms));
        INDArray other = scopes.allocate(logits.shape());
        Nd4j.getExecutioner().exec(new RectifiedLinear(logits, other, 0));
        terms.addi(other);
        logits.muli(images, other);
        terms.subi(other);
        return sumOfEachImage(terms);
    }

    private INDArray kl(Posterior<INDArray> posterior) {
        INDArray terms = exponential(posterior.logVariance());
        terms.subi(posterior.logVariance()).subi(1);
        INDArray squares = scopes.allocate(terms.shape());
        posterior.mean().muli(posterior.mean(), squares);
        return sumOfEachImage(terms.addi(squares).muli(0.5));
    }

    private INDArray exponential(INDArray array) {
        INDArray result = scopes.allocate(array.shape());
        Nd4j.getExecutioner().exec(new Exp(array, result));
        return result;
    }

    private INDArray sumOfEachImage(INDArray terms) {
        long images = terms.size(0);
        return terms.reshape(images, terms.length() / images).sum(scopes.allocate(images), 1);
    }

    private static long[] eachOf(INDArray batch) {
        return Arrays.copyOfRange(batch.shape(), 1, batch.rank());
    }
}
