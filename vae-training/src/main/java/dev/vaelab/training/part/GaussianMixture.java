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
import java.util.Collections;
import java.util.List;

/**
 * A mixture of Gaussians with diagonal covariances, whose weights, means and variances are learned beside the networks: log p(z) =
 * log of the sum of softmax(logits) * N(z; mean, variance). The divergence is estimated by the latents that are drawn.
 *
 * <p>The means begin as standard normal noise, variances at 1, weights all the same (mixture of Gaussians, as J. Tomczak and M.
 * Welling compare it in <em>VAE with a VampPrior</em>, 2018, section 4.2).
 *
 * @param components number of Gaussians
 */
public record GaussianMixture(
        @Positive @JsonPropertyDescription("Number of Gaussians.")
        int components) implements Prior {
    private static final String LOGITS = "logits";
    private static final String MEANS = "means";
    private static final String LOG_VARIANCES = "log_variances";

    /** Of ten Gaussians. */
    public GaussianMixture() {
        this(10);
    }

    /** @throws IllegalArgumentException if there is no component */
    public GaussianMixture {
        if (components < 1) {
            throw new IllegalArgumentException("a mixture needs a component, found " + components);
        }
    }

    @Override
    public String name() {
        return "mixture";
    }

    @Override
    public String description() {
        return "a mixture of Gaussians that are learned; the KL by sampling";
    }

    @Override
    public List<TensorSpecification> tensors(ImageShape image, int latent) {
        return List.of(
                new TensorSpecification(LOGITS, List.of(components), TensorRole.ZERO),
                new TensorSpecification(MEANS, List.of(components, latent), TensorRole.NORMAL),
                new TensorSpecification(LOG_VARIANCES, List.of(components, latent), TensorRole.ZERO));
    }

    /** The differences of latents and means of components, and their squares. */
    @Override
    public List<List<Integer>> largeResults(int rows, int latent) {
        return Collections.nCopies(2, List.of(rows, components, latent));
    }

    @Override
    public <X> Operand<X> logDensity(Operand<X> latents, PartTensors<X> own) {
        Operand<X> logits = own.get(LOGITS);
        Operand<X> logWeights = logits.minus(logits.logSumExp(0));
        Operand<X> each = GaussianDensity.log(
                latents.reshape(latents.size(0), 1, latents.size(1)), own.get(MEANS), own.get(LOG_VARIANCES));
        return each.plus(logWeights).logSumExp(1);
    }

    @Override
    public float[] draw(int count, int latent, NamedTensors own, RandomStreams streams, Purpose purpose) {
        return MixtureDraws.of(
                softmax(own.values(LOGITS)),
                own.values(MEANS),
                own.values(LOG_VARIANCES),
                count,
                latent,
                streams,
                purpose);
    }

    private static double[] softmax(float[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double[] shares = new double[logits.length];
        double sum = 0;
        for (int index = 0; index < shares.length; index++) {
            shares[index] = Math.exp(logits[index] - largest);
            sum += shares[index];
        }
        for (int index = 0; index < shares.length; index++) {
            shares[index] /= sum;
        }
        return shares;
    }
}
