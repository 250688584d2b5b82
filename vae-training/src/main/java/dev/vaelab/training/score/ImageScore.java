package dev.vaelab.training.score;

import dev.vaelab.training.likelihood.ImageLikelihood;
import java.util.Optional;

/**
 * What a model says of one image, in nats.
 *
 * @param reconstruction -log p(x|z), summed over pixels and channels, averaged over the latents that the loss draws
 * @param kl KL(q(z|x) || p(z)), without beta; where the prior has no formula for it, it is estimated by the same latents, and may be
 *     negative for an image
 * @param likelihood estimate of log p(x) by importance sampling; nothing where none was asked for
 */
public record ImageScore(double reconstruction, double kl, Optional<ImageLikelihood> likelihood) {
    /** The terms of the bound only. */
    public ImageScore(double reconstruction, double kl) {
        this(reconstruction, kl, Optional.empty());
    }

    /** The negative ELBO, reconstruction + KL: a bound of -log p(x) from above where latents are drawn from the posterior. */
    public double negativeElbo() {
        return reconstruction + kl;
    }

    /** The same bound with an estimate of what it bounds. */
    public ImageScore with(ImageLikelihood estimate) {
        return new ImageScore(reconstruction, kl, Optional.of(estimate));
    }

    /** Whether all are numbers that can be compared. */
    public boolean finite() {
        return Double.isFinite(reconstruction)
                && Double.isFinite(kl)
                && likelihood
                        .map(estimate -> Double.isFinite(estimate.logLikelihood()) && Double.isFinite(estimate.elbo()))
                        .orElse(true);
    }
}
