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
    private final Scopes scopes;

    ReparameterizationSampler(Scopes scopes) {
        this.scopes = scopes;
    }

    @Override
    public INDArray sample(Posterior<INDArray> posterior, INDArray noise) {
        return scaledNoise(posterior, noise).addi(posterior.mean());
    }

    /** The latents grow as the mean does, and with the log-variance by half the scaled noise. */
    @Override
    public Posterior<INDArray> backward(Posterior<INDArray> posterior, INDArray noise, INDArray latentsGradient) {
        INDArray byLogVariance = scaledNoise(posterior, noise).muli(0.5f).muli(latentsGradient);
        return new Posterior<>(scopes.own(latentsGradient.dup('c')), byLogVariance);
    }

    private INDArray scaledNoise(Posterior<INDArray> posterior, INDArray noise) {
        INDArray deviation = scopes.own(posterior.logVariance().mul(0.5f));
        Nd4j.getExecutioner().exec(new Exp(deviation, deviation));
        return deviation.muli(noise);
    }
}
