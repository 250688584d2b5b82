package dev.vaelab.api.backend;

/**
 * The distribution p(x|z) of an image given its latents, whose negative logarithm is the reconstruction term.
 *
 * <p>A decoder gives logits; their sigmoid, in (0,1), is the expected image under every likelihood.
 */
public sealed interface Likelihood {
    /**
     * Independent Bernoulli pixels: binary cross-entropy between pixels and the sigmoid of the logits, computed on the
     * logits, -log p = sum of softplus(logit) - pixel * logit (Kingma and Welling 2014, appendix C.1).
     */
    record Bernoulli() implements Likelihood {}

    /**
     * Independent Gaussian pixels around the sigmoid of the logits (Kingma and Welling 2014, appendix C.2, with one fixed
     * variance): -log p = sum of (pixel - sigmoid(logit))^2 / (2 variance) + log(2 pi variance) / 2. It is a density, so
     * its nats may be negative, and depend on the variance as much as on the model.
     *
     * @param variance of every pixel; 0.5 makes the term the squared error and a constant
     */
    record Gaussian(double variance) implements Likelihood {
        /** @throws IllegalArgumentException if the variance is not a positive number */
        public Gaussian {
            if (!(variance > 0 && Double.isFinite(variance))) {
                throw new IllegalArgumentException("a variance is a positive number, found " + variance);
            }
        }

        /** What each pixel adds to the term whatever the model says: log(2 pi variance) / 2, in nats. */
        public double constant() {
            return Math.log(2 * Math.PI * variance) / 2;
        }
    }

    /** The recipe's. */
    Likelihood BERNOULLI = new Bernoulli();
}
