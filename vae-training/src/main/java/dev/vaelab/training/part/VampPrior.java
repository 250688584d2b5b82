package dev.vaelab.training.part;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.model.GaussianDensity;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import jakarta.validation.constraints.Positive;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The variational mixture of posteriors: p(z) = 1/K * sum of q(z|u_k), the mean of the posteriors of K pseudo-inputs, images that are
 * learned. The divergence is estimated by the latents that are drawn.
 *
 * <p>Source: J. Tomczak and M. Welling, <em>VAE with a VampPrior</em>, 2018, arXiv:1705.07120, equation 9. The authors' code cuts
 * pseudo-inputs off at 0 and 1 (hardtanh), where no derivative leads back from beyond; here they are the sigmoid of what is
 * learned, which begins as standard normal noise. What batch normalization makes of them tells {@link Prior#pseudoInputs}.
 *
 * @param components K
 */
public record VampPrior(
        @Positive @JsonPropertyDescription("Number of pseudo-inputs.")
        int components) implements Prior {
    private static final String PSEUDO_INPUTS = "pseudo_inputs";

    /** Of 500 pseudo-inputs, as the paper has them for MNIST. */
    public VampPrior() {
        this(500);
    }

    /** @throws IllegalArgumentException if there is no pseudo-input */
    public VampPrior {
        if (components < 1) {
            throw new IllegalArgumentException("a mixture needs a component, found " + components);
        }
    }

    @Override
    public String name() {
        return "vamp";
    }

    @Override
    public String description() {
        return "the mean of the posteriors of pseudo-inputs that are learned (Tomczak and Welling 2018); the KL by sampling";
    }

    @Override
    public List<TensorSpecification> tensors(ImageShape image, int latent) {
        return List.of(new TensorSpecification(
                PSEUDO_INPUTS,
                List.of(components, image.channels(), image.height(), image.width()),
                TensorRole.NORMAL));
    }

    @Override
    public <X> Optional<Operand<X>> pseudoInputs(PartTensors<X> own) {
        return Optional.of(own.get(PSEUDO_INPUTS).sigmoid());
    }

    @Override
    public int pseudoInputCount() {
        return components;
    }

    /** The differences of latents and means of components, and their squares. */
    @Override
    public List<List<Integer>> largeResults(int rows, int latent) {
        return Collections.nCopies(2, List.of(rows, components, latent));
    }

    @Override
    public <X> Operand<X> logDensity(Operand<X> latents, PartTensors<X> own) {
        return GaussianDensity.log(
                        latents.reshape(latents.size(0), 1, latents.size(1)),
                        own.get(PSEUDO_MEANS),
                        own.get(PSEUDO_LOG_VARIANCES))
                .logSumExp(1)
                .minus(Math.log(components));
    }

    @Override
    public float[] draw(int count, int latent, NamedTensors own, RandomStreams streams, Purpose purpose) {
        double[] shares = new double[components];
        Arrays.fill(shares, 1.0 / components);
        return MixtureDraws.of(
                shares, own.values(PSEUDO_MEANS), own.values(PSEUDO_LOG_VARIANCES), count, latent, streams, purpose);
    }
}
