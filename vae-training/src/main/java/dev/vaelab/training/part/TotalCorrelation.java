package dev.vaelab.training.part;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.model.GaussianDensity;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.tensor.Operand;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Collections;
import java.util.List;

/**
 * The evidence lower bound with the KL term in its three parts, each with a weight of its own: -log p(x|z) + alpha * I(z; n) + beta
 * * KL(q(z) || product of q(z_j)) + gamma * sum of KL(q(z_j) || p(z_j)). The parts are the mutual information of image and latents, the
 * total correlation of the latent dimensions, and the KL of each dimension; with all weights 1 it is the bound.
 *
 * <p>Source: R. T. Q. Chen, X. Li, R. Grosse and D. Duvenaud, <em>Isolating Sources of Disentanglement in Variational Autoencoders</em>,
 * 2018, arXiv:1802.04942, equations 2 and 4 (beta-TCVAE). The aggregate posterior q(z) of the N images of the training is estimated
 * from the M images of the batch by minibatch-weighted sampling (section 4.1 and appendix C.1, equation S4):
 *
 * <pre>log q(z_i) = log of the sum over j of q(z_i | x_j) - log(N M)</pre>
 *
 * and q(z_j) of each dimension in the same way. Its expectation is a lower bound of log q(z), which moves all parts by constants
 * of N and M: they are compared between runs of one N and one batch size. The three are reported beside the two terms of the ELBO. Under
 * a prior whose dimensions depend on each other, the last part is log of the product of q(z_j) - log p(z).
 *
 * @param alpha weight of the mutual information
 * @param gamma weight of the KL of the dimensions; the weight of the total correlation is beta, which every loss has
 */
public record TotalCorrelation(
        @PositiveOrZero @JsonPropertyDescription("Weight of the mutual information of image and latents.")
        double alpha,

        @PositiveOrZero @JsonPropertyDescription("Weight of the KL of the latent dimensions, each for itself.")
        double gamma)
        implements Loss {
    /** Name of I(z; n) among the terms. */
    public static final String MUTUAL_INFORMATION = "mutualInformation";

    /** Name of KL(q(z) || product of q(z_j)) among the terms. */
    public static final String TOTAL_CORRELATION = "totalCorrelation";

    /** Name of the sum of KL(q(z_j) || p(z_j)) among the terms. */
    public static final String DIMENSION_WISE_KL = "dimensionwiseKl";

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    /** With weights of 1, as in most experiments of the paper. */
    public TotalCorrelation() {
        this(1, 1);
    }

    /** @throws IllegalArgumentException if a weight is negative */
    public TotalCorrelation {
        if (!(alpha >= 0 && gamma >= 0)) {
            throw new IllegalArgumentException("weights are at least 0, found alpha " + alpha + " and gamma " + gamma);
        }
    }

    @Override
    public String name() {
        return "beta-tc";
    }

    @Override
    public String description() {
        return "the bound with weights for mutual information, total correlation (beta) and the KL of each dimension"
                + " (Chen et al. 2018)";
    }

    @Override
    public boolean needsDraws() {
        return true;
    }

    /** Of one image, q(z) is q(z|x) but for a constant: there is nothing to learn of its parts. */
    @Override
    public int smallestBatch() {
        return 2;
    }

    /** Of {@link #densities}: the differences, their squares, and the densities. */
    @Override
    public List<List<Integer>> largeResults(int rows, int latent) {
        return Collections.nCopies(3, List.of(rows, rows, latent));
    }

    @Override
    public <X> LossTerms<X> compute(VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
        Posterior<Operand<X>> posterior = model.encode(images);
        Operand<X> latents = model.sample(posterior, noise);
        Operand<X> reconstruction =
                model.logLikelihood(images, model.decode(latents)).negated();
        double logCount = Math.log((double) model.trainingImages() * images.size(0));
        Operand<X> each = densities(latents, posterior);
        Operand<X> logPosterior = GaussianDensity.log(latents, posterior.mean(), posterior.logVariance());
        Operand<X> logAggregate = each.sum(2).logSumExp(1).minus(logCount);
        Operand<X> logProduct = each.logSumExp(1).minus(logCount).sum(1);
        Operand<X> information = logPosterior.minus(logAggregate);
        Operand<X> correlation = logAggregate.minus(logProduct);
        Operand<X> dimensions = logProduct.minus(model.logPrior(latents));
        Operand<X> minimized = reconstruction
                .plus(information.times(alpha))
                .plus(correlation.times(beta))
                .plus(dimensions.times(gamma));
        return LossTerms.of(reconstruction, model.divergence(posterior, latents), minimized)
                .with(MUTUAL_INFORMATION, information)
                .with(TOTAL_CORRELATION, correlation)
                .with(DIMENSION_WISE_KL, dimensions);
    }

    /** log q(z_i | x_j) of each dimension, [images i, images j, latent]. */
    private static <X> Operand<X> densities(Operand<X> latents, Posterior<Operand<X>> posterior) {
        int images = latents.size(0);
        int latent = latents.size(1);
        Operand<X> precision = posterior.logVariance().negated().exp().reshape(1, images, latent);
        Operand<X> constant = posterior.logVariance().plus(LOG_TWO_PI).reshape(1, images, latent);
        return latents.reshape(images, 1, latent)
                .minus(posterior.mean().reshape(1, images, latent))
                .squared()
                .times(precision)
                .plus(constant)
                .times(-0.5);
    }
}
