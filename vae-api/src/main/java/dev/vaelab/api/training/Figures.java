package dev.vaelab.api.training;

/**
 * The terms of the negative ELBO, averaged over images, in nats per image.
 *
 * @param reconstruction -log p(x|z)
 * @param kl KL(q(z|x) || N(0, I)), without beta
 */
public record Figures(double reconstruction, double kl) {
    /** The negative ELBO: reconstruction + KL. */
    public double total() {
        return reconstruction + kl;
    }

    /** What training minimizes: reconstruction + beta * KL. */
    public double loss(double beta) {
        return reconstruction + beta * kl;
    }

    /** Whether both terms are numbers that a training can go on with. */
    public boolean finite() {
        return Double.isFinite(reconstruction) && Double.isFinite(kl);
    }
}
