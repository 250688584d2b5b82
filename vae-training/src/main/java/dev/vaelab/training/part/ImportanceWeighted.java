package dev.vaelab.training.part;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.model.GaussianDensity;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.tensor.Operand;
import jakarta.validation.constraints.Positive;

/**
 * The negative importance-weighted bound with k latents of each image: -log (1/k sum of w), w = p(x|z) p(z) / q(z|x).
 *
 * <p>Source: Y. Burda, R. Grosse and R. Salakhutdinov, <em>Importance Weighted Autoencoders</em>, 2016, equation 8. With a beta
 * other than 1, log p(z) - log q(z|x) is weighted by it. Beside the bound, {@code iwae}, the two terms of the ELBO are reported,
 * averaged over the k latents.
 *
 * @param samples k
 */
public record ImportanceWeighted(
        @Positive @JsonPropertyDescription("Latents that are drawn for each image.")
        int samples) implements Loss {
    /** Name of the bound among the terms. */
    public static final String BOUND = "iwae";

    /** With five latents of each image. */
    public ImportanceWeighted() {
        this(5);
    }

    /** @throws IllegalArgumentException if there is no sample */
    public ImportanceWeighted {
        if (samples < 1) {
            throw new IllegalArgumentException("an importance-weighted bound needs a sample, found " + samples);
        }
    }

    @Override
    public String name() {
        return "iwae";
    }

    @Override
    public String description() {
        return "the importance-weighted bound with several latents of each image (Burda et al. 2016)";
    }

    @Override
    public boolean needsDraws() {
        return true;
    }

    @Override
    public <X> LossTerms<X> compute(VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
        Posterior<Operand<X>> each = model.encode(images);
        Posterior<Operand<X>> posterior = new Posterior<>(
                each.mean().repeatEach(samples), each.logVariance().repeatEach(samples));
        Operand<X> latents = model.sample(posterior, noise);
        Operand<X> logLikelihood = model.logLikelihood(images.repeatEach(samples), model.decode(latents));
        Operand<X> logRatio = GaussianDensity.log(latents, posterior.mean(), posterior.logVariance())
                .minus(model.logPrior(latents));
        Operand<X> logWeights = logLikelihood.minus(logRatio.times(beta)).reshape(images.size(0), samples);
        Operand<X> bound = logWeights.logSumExp(1).minus(Math.log(samples)).negated();
        Operand<X> reconstruction =
                logLikelihood.reshape(images.size(0), samples).mean(1).negated();
        Operand<X> kl = model.divergence(posterior, latents)
                .reshape(images.size(0), samples)
                .mean(1);
        return LossTerms.of(reconstruction, kl, bound).with(BOUND, bound);
    }
}
