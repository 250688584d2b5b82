package dev.vaelab.training.part;

import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.tensor.Operand;

/** z = mean + e^(log-variance / 2) * noise (Kingma and Welling 2014, section 2.4). */
public record Reparameterized() implements Sampler {
    @Override
    public String name() {
        return "reparameterized";
    }

    @Override
    public String description() {
        return "mean + deviation * noise (Kingma and Welling 2014)";
    }

    @Override
    public <X> Operand<X> sample(Posterior<Operand<X>> posterior, Operand<X> noise, PartTensors<X> own) {
        return posterior.mean().reparameterize(posterior.logVariance(), noise);
    }
}
