package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.Posterior;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * latents = mean + exp(log-variance / 2) * noise.
 *
 * <p>Source: Kingma and Welling (2014), section 2.4.
 */
final class ReparameterizationSampler implements TrainableSampler {
    private final int latent;
    private final Scopes scopes;

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
        return scaledNoise(posterior, noise).addi(posterior.mean());
    }

    /** The latents grow as the mean does, and with the log-variance by half the scaled noise. */
    @Override
    public Posterior<INDArray> backward(Posterior<INDArray> posterior, INDArray noise, INDArray latentsGradient) {
        INDArray byLogVariance = scaledNoise(posterior, noise).muli(0.5f).muli(latentsGradient);
        return new Posterior<>(scopes.copy(latentsGradient), byLogVariance);
    }

    private INDArray scaledNoise(Posterior<INDArray> posterior, INDArray noise) {
        INDArray deviation = scopes.allocate(noise.shape());
        posterior.logVariance().muli(0.5f, deviation);
        Nd4j.getExecutioner().exec(new Exp(deviation, deviation));
        return deviation.muli(noise);
    }
}
