package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.Likelihood;
import dev.vaelab.backend.dl4j.operation.Elementwise;
import dev.vaelab.backend.dl4j.operation.Pairwise;
import dev.vaelab.backend.dl4j.operation.Scaling;
import dev.vaelab.backend.dl4j.operation.SumOfEach;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Squared error of the sigmoid of the logits by twice the variance, and the constant of the density.
 *
 * <p>Source: Kingma and Welling (2014), appendix C.2, with one fixed variance s. With logit l and pixel x the term of a
 * pixel is (sigmoid(l) - x)^2 / (2 s) + log(2 pi s) / 2.
 */
final class GaussianTerm implements ReconstructionTerm {
    private final Likelihood.Gaussian likelihood;
    private final Scopes scopes;
    private final Elementwise sigmoid = Elementwise.sigmoid();
    private final Pairwise subtractImages = Pairwise.difference();
    private final Pairwise square = Pairwise.product();
    private final Elementwise scaleSquares;
    private final Elementwise addConstant;
    private final SumOfEach sum = new SumOfEach();
    private final Elementwise slopeOfSigmoid = Elementwise.timesOneMinus();
    private final Pairwise chain = Pairwise.product();
    private final Scaling scale = new Scaling();

    /**
     * Makes the term.
     *
     * @param scopes own what it computes
     */
    GaussianTerm(Likelihood.Gaussian likelihood, Scopes scopes) {
        this.likelihood = likelihood;
        this.scopes = scopes;
        scaleSquares = Elementwise.times(1 / (2 * likelihood.variance()));
        addConstant = Elementwise.plus(likelihood.constant());
    }

    @Override
    public INDArray compute(INDArray logits, INDArray images) {
        INDArray terms = sigmoid.apply(logits, scopes.allocate(logits.shape()));
        subtractImages.apply(terms, images, terms);
        square.apply(terms, terms, terms);
        scaleSquares.apply(terms, terms);
        addConstant.apply(terms, terms);
        return sum.apply(terms, scopes.allocate(logits.size(0)));
    }

    /** With p = sigmoid(l): (p - x) p (1 - p) / s. */
    @Override
    public INDArray backward(INDArray logits, INDArray images, double share) {
        INDArray slope = sigmoid.apply(logits, scopes.allocate(logits.shape()));
        INDArray gradient = scopes.allocate(logits.shape());
        subtractImages.apply(slope, images, gradient);
        slopeOfSigmoid.apply(slope, slope);
        chain.apply(gradient, slope, gradient);
        return scale.apply(gradient, share / likelihood.variance());
    }
}
