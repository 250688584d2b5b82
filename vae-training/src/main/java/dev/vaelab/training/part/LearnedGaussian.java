package dev.vaelab.training.part;

import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.PixelValues;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import java.util.List;
import java.util.Optional;

/**
 * Independent Gaussian pixels around the sigmoid of the logits, with one variance that is learned beside the weights and begins
 * at 1.
 *
 * <p>Source: O. Rybkin, K. Daniilidis and S. Levine, <em>Simple and effective VAE training with calibrated decoders</em>, 2021,
 * section 3.
 */
public record LearnedGaussian() implements Likelihood {
    private static final String LOG_VARIANCE = "log_variance";

    @Override
    public String name() {
        return "gaussian";
    }

    @Override
    public String description() {
        return "independent Gaussian pixels of one variance that is learned (Rybkin et al. 2021)";
    }

    @Override
    public List<TensorSpecification> tensors(ImageShape image, int latent) {
        return List.of(new TensorSpecification(LOG_VARIANCE, List.of(1), TensorRole.ZERO));
    }

    @Override
    public Optional<PixelValues> pixelValues() {
        return Optional.of(PixelValues.CONTINUOUS);
    }

    @Override
    public <X> Operand<X> logDensity(Operand<X> images, Operand<X> logits, PartTensors<X> own) {
        Operand<X> logVariance = own.get(LOG_VARIANCE);
        Operand<X> squares = images.minus(logits.sigmoid()).squared().sum(1, 2, 3);
        double pixels = Shapes.size(images.shape()) / (double) images.size(0);
        return squares.times(logVariance.negated().exp())
                .plus(logVariance.plus(Math.log(2 * Math.PI)).times(pixels))
                .times(-0.5);
    }
}
