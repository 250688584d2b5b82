package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.Posterior;
import dev.vaelab.backend.dl4j.operation.Elementwise;
import dev.vaelab.backend.dl4j.operation.Pairwise;
import dev.vaelab.backend.dl4j.operation.Scaling;
import dev.vaelab.backend.dl4j.operation.SumOfEach;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * KL of a diagonal Gaussian to N(0, I).
 *
 * <p>Source: Kingma and Welling (2014), appendix B. With mean m and log-variance v the term of a latent dimension is (m^2 +
 * exp(v) - 1 - v) / 2.
 */
final class Divergence {
    private final Scopes scopes;
    private final Elementwise exponential = Elementwise.exponential();
    private final Elementwise minusOne = Elementwise.plus(-1);
    private final Pairwise subtractLogVariance = Pairwise.difference();
    private final Pairwise square = Pairwise.product();
    private final Pairwise addSquares = Pairwise.sum();
    private final Elementwise half = Elementwise.times(0.5);
    private final SumOfEach sum = new SumOfEach();
    private final Scaling scaleByMean = new Scaling();
    private final Scaling scaleByLogVariance = new Scaling();

    /**
     * Makes the term.
     *
     * @param scopes own what it computes
     */
    Divergence(Scopes scopes) {
        this.scopes = scopes;
    }

    /**
     * The term of each image.
     *
     * @return [images], in nats
     */
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

    /**
     * The gradients: by a mean m, by a log-variance (exp(v) - 1) / 2.
     *
     * @param share what the gradient of each image's term is multiplied by
     */
    Posterior<INDArray> backward(Posterior<INDArray> posterior, double share) {
        INDArray byMean = scopes.copy(posterior.mean());
        scaleByMean.apply(byMean, share);
        INDArray byLogVariance = exponential.apply(posterior.logVariance(), scopes.allocate(byMean.shape()));
        minusOne.apply(byLogVariance, byLogVariance);
        scaleByLogVariance.apply(byLogVariance, share / 2);
        return new Posterior<>(byMean, byLogVariance);
    }
}
