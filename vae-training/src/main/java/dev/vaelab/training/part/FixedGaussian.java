package dev.vaelab.training.part;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.PixelValues;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.Shapes;
import jakarta.validation.constraints.Positive;
import java.util.Optional;

/**
 * Independent Gaussian pixels around the sigmoid of the logits (Kingma and Welling 2014, appendix C.2, with one fixed variance):
 * -log p = sum of (pixel - sigmoid(logit))^2 / (2 variance) + log(2 pi variance) / 2. It is a density, so its nats may be
 * negative, and depend on the variance as much as on the model.
 *
 * @param variance of every pixel
 */
public record FixedGaussian(
        @Positive @JsonPropertyDescription("Variance of every pixel. 0.5 is the squared error.")
        double variance) implements Likelihood {
    /** With a variance of 0.5, which makes the term the squared error and a constant. */
    public FixedGaussian() {
        this(0.5);
    }

    /** @throws IllegalArgumentException if the variance is not a positive number */
    public FixedGaussian {
        if (!(variance > 0 && Double.isFinite(variance))) {
            throw new IllegalArgumentException("a variance is a positive number, found " + variance);
        }
    }

    @Override
    public String name() {
        return "mse";
    }

    @Override
    public String description() {
        return "independent Gaussian pixels of one fixed variance: squared error";
    }

    @Override
    public Optional<PixelValues> pixelValues() {
        return Optional.of(PixelValues.CONTINUOUS);
    }

    @Override
    public <X> Operand<X> logDensity(Operand<X> images, Operand<X> logits, PartTensors<X> own) {
        Operand<X> squares = images.minus(logits.sigmoid()).squared().sum(1, 2, 3);
        double pixels = Shapes.size(images.shape()) / (double) images.size(0);
        return squares.over(-2 * variance).minus(pixels * Math.log(2 * Math.PI * variance) / 2);
    }
}
