package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.Posterior;
import dev.vaelab.backend.dl4j.operation.Elementwise;
import dev.vaelab.backend.dl4j.operation.Pairwise;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * latents = mean + exp(log-variance / 2) * noise.
 *
 * <p>Source: Kingma and Welling (2014), section 2.4.
 */
final class ReparameterizationSampler implements TrainableSampler {
    private final int latent;
    private final Scopes scopes;
    private final Elementwise half = Elementwise.times(0.5);
    private final Elementwise exponential = Elementwise.exponential();
    private final Pairwise scaleNoise = Pairwise.product();
    private final Pairwise addMean = Pairwise.sum();
    private final Pairwise chain = Pairwise.product();

    /**
     * Makes a sampler.
     *
     * @param latent dimensions of the latent space
     * @param scopes own what it computes
     */
    ReparameterizationSampler(int latent, Scopes scopes) {
        this.latent = latent;
        this.scopes = scopes;
    }

    @Override
    public INDArray sample(Posterior<INDArray> posterior, INDArray noise) {
        scopes.requireBatch("means", posterior.mean(), latent);
        scopes.requireBatch("log-variances", posterior.logVariance(), latent);
        scopes.requireBatch("noise vectors", noise, latent);
        INDArray latents = scaledNoise(posterior, noise);
        return addMean.apply(latents, posterior.mean(), latents);
    }

    /** The latents grow as the mean does, and with the log-variance by half the scaled noise. */
    @Override
    public Posterior<INDArray> backward(Posterior<INDArray> posterior, INDArray noise, INDArray latentsGradient) {
        INDArray byLogVariance = scaledNoise(posterior, noise);
        half.apply(byLogVariance, byLogVariance);
        chain.apply(byLogVariance, latentsGradient, byLogVariance);
        return new Posterior<>(scopes.copy(latentsGradient), byLogVariance);
    }

    private INDArray scaledNoise(Posterior<INDArray> posterior, INDArray noise) {
        INDArray deviation = scopes.allocate(noise.shape());
        half.apply(posterior.logVariance(), deviation);
        exponential.apply(deviation, deviation);
        return scaleNoise.apply(deviation, noise, deviation);
    }
}
