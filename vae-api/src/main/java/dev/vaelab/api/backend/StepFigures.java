package dev.vaelab.api.backend;

/**
 * The loss terms of one training step, before the weights changed: means over the images of the batch, in nats per image.
 *
 * @param reconstruction mean of the reconstruction term
 * @param kl mean of the KL term, without beta
 */
public record StepFigures(double reconstruction, double kl) {
    /** The quantity that the step minimizes: reconstruction + beta * KL. */
    public double loss(double beta) {
        return reconstruction + beta * kl;
    }
}
