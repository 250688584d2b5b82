package dev.vaelab.training.part;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.tensor.Operand;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * The negative evidence lower bound: -log p(x|z) + beta * KL(q(z|x) || p(z)), with one latent of each image.
 *
 * <p>Source: D. P. Kingma and M. Welling, <em>Auto-Encoding Variational Bayes</em>, 2014, equation 3; beta: I. Higgins et al.,
 * <em>beta-VAE</em>, 2017, equation 4.
 *
 * <p>With free bits, the KL term is the sum over groups j of max(lambda, mean of KL_j over the batch), so that nothing is won by
 * using less of a group than lambda nats (D. P. Kingma et al., <em>Improving Variational Inference with Inverse Autoregressive
 * Flow</em>, 2016, arXiv:1606.04934, section 3.3 and appendix C.8). The groups are the {@link
 * dev.vaelab.api.model.Prior#divergenceParts parts} of the prior's divergence: the latent dimensions, or all of them together
 * under a prior that does not have them independent. What is minimized of an image has lambda in the place of a group's KL where
 * the batch uses less, and the image's own KL elsewhere: its mean over the batch, and its gradients, are those of the formula.
 *
 * @param freeBits lambda, in nats of a group; null for the plain bound
 */
public record Elbo(
        @PositiveOrZero
        @JsonPropertyDescription(
                "Nats that a latent dimension may use for free, on average over the batch (Kingma et al. 2016).")
        Double freeBits)
        implements Loss {
    /** Without free bits. */
    public Elbo() {
        this(null);
    }

    /** @throws IllegalArgumentException if the free bits are negative */
    public Elbo {
        if (freeBits != null && !(freeBits >= 0)) {
            throw new IllegalArgumentException("free bits are at least 0 nats, found " + freeBits);
        }
    }

    @Override
    public String name() {
        return "elbo";
    }

    @Override
    public String description() {
        return "the evidence lower bound, with beta (Kingma and Welling 2014, Higgins et al. 2017)";
    }

    @Override
    public <X> LossTerms<X> compute(VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
        Posterior<Operand<X>> posterior = model.encode(images);
        Operand<X> latents = model.sample(posterior, noise);
        Operand<X> reconstruction =
                model.logLikelihood(images, model.decode(latents)).negated();
        Operand<X> kl = model.divergence(posterior, latents);
        Operand<X> weighed = freeBits == null ? kl : constrained(model.divergenceParts(posterior, latents), freeBits);
        return LossTerms.of(reconstruction, kl, reconstruction.plus(weighed.times(beta)));
    }

    /** @param groups nats, [images, groups] */
    private static <X> Operand<X> constrained(Operand<X> groups, double lambda) {
        Operand<X> least = groups.number(lambda);
        return groups.mean(0).greater(least).select(groups, least).sum(1);
    }
}
