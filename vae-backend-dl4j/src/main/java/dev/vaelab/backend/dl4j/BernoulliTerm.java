package dev.vaelab.backend.dl4j;

import dev.vaelab.backend.dl4j.operation.Elementwise;
import dev.vaelab.backend.dl4j.operation.Pairwise;
import dev.vaelab.backend.dl4j.operation.Scaling;
import dev.vaelab.backend.dl4j.operation.SumOfEach;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Binary cross-entropy on logits.
 *
 * <p>Source: Kingma and Welling (2014), appendix C.1. With logit l and pixel x the term of a pixel is softplus(l) - x l,
 * computed as max(l, 0) + log(1 + exp(-|l|)) - x l, which no logit overflows.
 */
final class BernoulliTerm implements ReconstructionTerm {
    private final Scopes scopes;
    private final Elementwise absolute = Elementwise.absolute();
    private final Elementwise negative = Elementwise.times(-1);
    private final Elementwise exponential = Elementwise.exponential();
    private final Elementwise logarithmOfOnePlus = Elementwise.logarithmOfOnePlus();
    private final Elementwise rectified = Elementwise.rectified();
    private final Pairwise addRectified = Pairwise.sum();
    private final Pairwise multiplyImages = Pairwise.product();
    private final Pairwise subtractProducts = Pairwise.difference();
    private final SumOfEach sum = new SumOfEach();
    private final Elementwise sigmoid = Elementwise.sigmoid();
    private final Pairwise subtractImages = Pairwise.difference();
    private final Scaling scale = new Scaling();

    /**
     * Makes the term.
     *
     * @param scopes own what it computes
     */
    BernoulliTerm(Scopes scopes) {
        this.scopes = scopes;
    }

    @Override
    public INDArray compute(INDArray logits, INDArray images) {
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

    /** sigmoid(l) - x. */
    @Override
    public INDArray backward(INDArray logits, INDArray images, double share) {
        INDArray gradient = sigmoid.apply(logits, scopes.allocate(logits.shape()));
        subtractImages.apply(gradient, images, gradient);
        return scale.apply(gradient, share);
    }
}
