package dev.vaelab.training.part;

import dev.vaelab.api.model.GaussianDensity;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.weights.NamedTensors;

/** N(0, I), with the divergence in closed form (Kingma and Welling 2014, appendix B). */
public record StandardGaussian() implements Prior {
    @Override
    public String name() {
        return "standard";
    }

    @Override
    public String description() {
        return "N(0, I), with the KL in closed form";
    }

    @Override
    public boolean needsDraws() {
        return false;
    }

    @Override
    public <X> Operand<X> logDensity(Operand<X> latents, PartTensors<X> own) {
        return GaussianDensity.logStandard(latents);
    }

    @Override
    public <X> Operand<X> divergence(Posterior<Operand<X>> posterior, Operand<X> latents, PartTensors<X> own) {
        return posterior.mean().standardGaussianKl(posterior.logVariance());
    }

    /** Of each dimension: (e^l - 1 - l + mean^2) / 2 for the log-variance l. */
    @Override
    public <X> Operand<X> divergenceParts(Posterior<Operand<X>> posterior, Operand<X> latents, PartTensors<X> own) {
        Operand<X> logVariance = posterior.logVariance();
        return logVariance
                .expm1()
                .minus(logVariance)
                .plus(posterior.mean().squared())
                .times(0.5);
    }

    @Override
    public boolean reparameterized() {
        return true;
    }

    @Override
    public <X> Operand<X> sample(Operand<X> noise, PartTensors<X> own) {
        return noise;
    }

    @Override
    public float[] draw(int count, int latent, NamedTensors own, RandomStreams streams, Purpose purpose) {
        return streams.gaussian(count * latent, purpose);
    }
}
