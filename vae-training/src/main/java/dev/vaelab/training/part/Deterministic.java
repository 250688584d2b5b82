package dev.vaelab.training.part;

import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.tensor.Operand;

/** z = mean, without noise: an autoencoder with a regularized latent space (P. Ghosh et al., 2020, section 3). */
public record Deterministic() implements Sampler {
    @Override
    public String name() {
        return "deterministic";
    }

    @Override
    public String description() {
        return "the mean, without noise";
    }

    @Override
    public boolean draws() {
        return false;
    }

    @Override
    public <X> Operand<X> sample(Posterior<Operand<X>> posterior, Operand<X> noise, PartTensors<X> own) {
        return posterior.mean();
    }
}
