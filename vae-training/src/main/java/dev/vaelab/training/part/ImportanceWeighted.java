package dev.vaelab.training.part;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.model.GaussianDensity;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.tensor.Operand;
import jakarta.validation.constraints.Positive;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The negative importance-weighted bound with k latents of each image: -log (1/k sum of w), w = p(x|z) p(z) / q(z|x).
 *
 * <p>Source: Y. Burda, R. Grosse and R. Salakhutdinov, <em>Importance Weighted Autoencoders</em>, 2016, equation 8. With a beta
 * other than 1, log p(z) - log q(z|x) is weighted by it. Beside the bound, {@code iwae}, the two terms of the ELBO are reported,
 * averaged over the k latents.
 *
 * <p>Its gradient by the encoder is either the one that backpropagation gives or, of the same expectation and a variance that does
 * not drown it as k grows, the doubly reparameterized one: the mean over the noise of the sum of ~w^2 * d log w/dz * dz/dphi, where
 * ~w = w / (sum of w) and d log w/dz does not go by the parameters of q (G. Tucker et al., <em>Doubly Reparameterized Gradient
 * Estimators for Monte Carlo Objectives</em>, 2018, arXiv:1810.04152, equation 8, IWAE-DReG). The gradients by all else are those
 * of the bound in both. Backpropagation has one factor ~w of equation 8 in d bound/dz already; the other multiplies the
 * derivative by the latents. Where beta weighs log p(z) - log q(z|x), the same derivation gives
 * the factor 1 - beta + beta * ~w.
 *
 * @param samples k
 * @param gradient by the encoder; null for the one of the bound
 */
public record ImportanceWeighted(
        @Positive @JsonPropertyDescription("Latents that are drawn for each image.")
        int samples,

        @JsonPropertyDescription(
                "Gradient by the encoder: that of the bound, or the doubly reparameterized one (Tucker et al. 2018).")
        Gradient gradient)
        implements Loss {
    /** Name of the bound among the terms. */
    public static final String BOUND = "iwae";

    /** How the bound is differentiated by the encoder. */
    public enum Gradient {
        /** As backpropagation does. */
        @JsonProperty("reparameterized")
        REPARAMETERIZED,
        /** By equation 8 of Tucker et al. */
        @JsonProperty("doubly-reparameterized")
        DOUBLY_REPARAMETERIZED
    }

    /** With five latents of each image. */
    public ImportanceWeighted() {
        this(5);
    }

    /** With the gradient of the bound. */
    public ImportanceWeighted(int samples) {
        this(samples, null);
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
        boolean doubly = gradient == Gradient.DOUBLY_REPARAMETERIZED;
        AtomicReference<Operand<X>> factor = new AtomicReference<>();
        Operand<X> drawn = model.sample(posterior, noise);
        Operand<X> latents = doubly ? drawn.scaleGradient(factor::get) : drawn;
        Posterior<Operand<X>> q = doubly
                ? new Posterior<>(
                        posterior.mean().stopGradient(), posterior.logVariance().stopGradient())
                : posterior;
        Operand<X> logLikelihood = model.logLikelihood(images.repeatEach(samples), model.decode(latents));
        Operand<X> logRatio =
                GaussianDensity.log(latents, q.mean(), q.logVariance()).minus(model.logPrior(latents));
        Operand<X> logWeights = logLikelihood.minus(logRatio.times(beta)).reshape(images.size(0), samples);
        if (doubly) {
            factor.set(factor(logWeights.stopGradient(), beta));
        }
        Operand<X> bound = logWeights.logSumExp(1).minus(Math.log(samples)).negated();
        Operand<X> reconstruction =
                logLikelihood.reshape(images.size(0), samples).mean(1).negated();
        Operand<X> kl = model.divergence(posterior, latents)
                .reshape(images.size(0), samples)
                .mean(1);
        return LossTerms.of(reconstruction, kl, bound).with(BOUND, bound);
    }

    /**
     * Of the derivative by each latent, [images * samples, 1].
     *
     * @param logWeights [images, samples]
     */
    private static <X> Operand<X> factor(Operand<X> logWeights, Operand<X> beta) {
        int images = logWeights.size(0);
        Operand<X> normalized =
                logWeights.minus(logWeights.logSumExp(1).reshape(images, 1)).exp();
        return normalized.minus(1).times(beta).plus(1).reshape(images * logWeights.size(1), 1);
    }
}
