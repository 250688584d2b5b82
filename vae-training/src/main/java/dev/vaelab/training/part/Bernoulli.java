package dev.vaelab.training.part;

import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.PixelValues;
import dev.vaelab.api.tensor.Operand;
import java.util.Optional;

/**
 * Independent Bernoulli pixels: binary cross-entropy between pixels and the sigmoid of the logits, -log p = sum of
 * softplus(logit) - pixel * logit (Kingma and Welling 2014, appendix C.1).
 */
public record Bernoulli() implements Likelihood {
    @Override
    public String name() {
        return "bce";
    }

    @Override
    public String description() {
        return "independent Bernoulli pixels: binary cross-entropy";
    }

    @Override
    public Optional<PixelValues> pixelValues() {
        return Optional.of(PixelValues.BINARY);
    }

    @Override
    public <X> Operand<X> logDensity(Operand<X> images, Operand<X> logits, PartTensors<X> own) {
        return images.bernoulliLogDensity(logits);
    }
}
