package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.backend.dl4j.operation.Elementwise;
import dev.vaelab.backend.dl4j.operation.Pairwise;
import dev.vaelab.backend.dl4j.operation.Scaling;
import dev.vaelab.backend.dl4j.operation.SumOfEach;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Bernoulli likelihood, and KL of a diagonal Gaussian to N(0, I).
 *
 * <p>Source: Kingma and Welling (2014), appendices B and C.1. With logit l and pixel x the reconstruction term of a pixel
 * is softplus(l) - x l, computed as max(l, 0) + log(1 + exp(-|l|)) - x l, which no logit overflows. With mean m and
 * log-variance v the KL term of a latent dimension is (m^2 + exp(v) - 1 - v) / 2.
 */
final class BernoulliLoss implements TrainableLoss {
    private final Scopes scopes;
    private final Elementwise sigmoid = Elementwise.sigmoid();
    private final Elementwise exponential = Elementwise.exponential();
    private final Elementwise minusOne = Elementwise.plus(-1);
    private final Reconstruction reconstruction = new Reconstruction();
    private final Divergence divergence = new Divergence();
    private final Pairwise subtractImages = Pairwise.difference();
    private final Scaling scaleByLogits = new Scaling();
    private final Scaling scaleByMean = new Scaling();
    private final Scaling scaleByLogVariance = new Scaling();

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
        return new LossTerms<>(reconstruction.compute(logits, images), divergence.compute(posterior));
    }

    /** By a logit sigmoid(l) - x; by a mean m; by a log-variance (exp(v) - 1) / 2; all divided by the images. */
    @Override
    public LossGradients backward(INDArray logits, INDArray images, Posterior<INDArray> posterior, double beta) {
        double share = 1.0 / images.size(0);
        INDArray byLogits = sigmoid.apply(logits, scopes.allocate(logits.shape()));
        subtractImages.apply(byLogits, images, byLogits);
        scaleByLogits.apply(byLogits, share);
        INDArray byMean = scopes.copy(posterior.mean());
        scaleByMean.apply(byMean, beta * share);
        INDArray byLogVariance = exponential.apply(posterior.logVariance(), scopes.allocate(byMean.shape()));
        minusOne.apply(byLogVariance, byLogVariance);
        scaleByLogVariance.apply(byLogVariance, beta * share / 2);
        return new LossGradients(byLogits, new Posterior<>(byMean, byLogVariance));
    }

    private static long[] eachOf(INDArray batch) {
        return Arrays.copyOfRange(batch.shape(), 1, batch.rank());
    }

    /** The reconstruction term of each image. */
    private final class Reconstruction {
        private final Elementwise absolute = Elementwise.absolute();
        private final Elementwise negative = Elementwise.times(-1);
        private final Elementwise logarithmOfOnePlus = Elementwise.logarithmOfOnePlus();
        private final Elementwise rectified = Elementwise.rectified();
        private final Pairwise addRectified = Pairwise.sum();
        private final Pairwise multiplyImages = Pairwise.product();
        private final Pairwise subtractProducts = Pairwise.difference();
        private final SumOfEach sum = new SumOfEach();

        INDArray compute(INDArray logits, INDArray images) {
            INDArray terms = scopes.allocate(logits.shape());
            INDArray other = scopes.allocate(logits.shape());
            absolute.apply(logits, terms);
            negative.apply(terms, terms);
            exponential.apply(terms, terms);
            logarithmOfOnePlus.apply(terms, terms);
            rectified.apply(logits, other);
            addRectified.apply(terms, other, terms);
            multiplyImages.apply(logits, images, other);
            subtractProducts.apply(terms, other, terms);
            return sum.apply(terms, scopes.allocate(logits.size(0)));
        }
    }

    /** The KL term of each image. */
    private final class Divergence {
        private final Pairwise subtractLogVariance = Pairwise.difference();
        private final Pairwise square = Pairwise.product();
        private final Pairwise addSquares = Pairwise.sum();
        private final Elementwise half = Elementwise.times(0.5);
        private final SumOfEach sum = new SumOfEach();

        INDArray compute(Posterior<INDArray> posterior) {
            INDArray mean = posterior.mean();
            INDArray terms = scopes.allocate(mean.shape());
            INDArray squares = scopes.allocate(mean.shape());
            exponential.apply(posterior.logVariance(), terms);
            subtractLogVariance.apply(terms, posterior.logVariance(), terms);
            minusOne.apply(terms, terms);
            square.apply(mean, mean, squares);
            addSquares.apply(terms, squares, terms);
            half.apply(terms, terms);
            return sum.apply(terms, scopes.allocate(mean.size(0)));
        }
    }
}
