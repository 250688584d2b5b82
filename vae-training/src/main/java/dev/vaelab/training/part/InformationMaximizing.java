package dev.vaelab.training.part;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.tensor.Operand;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Collections;
import java.util.List;

/**
 * InfoVAE: -log p(x|z) + (1 - alpha) * KL(q(z|x) || p(z)) + (alpha + lambda - 1) * MMD(q(z), p(z)), with the maximum mean discrepancy
 * of the aggregate posterior and the prior. alpha weighs the mutual information of image and latents, which the bound holds down.
 *
 * <p>Source: S. Zhao, J. Song and S. Ermon, <em>InfoVAE: Information Maximizing Variational Autoencoders</em>, 2017, arXiv:1706.02262,
 * equation 6, with the divergence of q(z) and p(z) replaced by the discrepancy (their section 4.2). With alpha 1, the KL has no weight:
 * with lambda, the likelihood {@code mse} of variance 0.5 and the sampler {@code deterministic} it is the Wasserstein autoencoder
 * WAE-MMD (I. Tolstikhin et al., <em>Wasserstein Auto-Encoders</em>, 2018, arXiv:1711.01558, algorithm 2), whose cost is the squared
 * error. beta weighs the KL.
 *
 * <p>The discrepancy is estimated by the M latents z of the batch and as many draws p of the prior, which have noise of their own:
 *
 * <pre>1/(M (M-1)) sum over i != j of (k(z_i, z_j) + k(p_i, p_j)) - 2/M^2 sum over i, j of k(z_i, p_j)</pre>
 *
 * (A. Gretton et al., <em>A Kernel Two-Sample Test</em>, 2012, equation 3; algorithm 2 of Tolstikhin et al.), which is unbiased, and
 * may therefore be negative. As k(z, z) = 1, it is the mean over all pairs i, j of 2 u(z_i, p_j) - M/(M-1) (u(z_i, z_j) + u(p_i, p_j))
 * for u = 1 - k: of numbers that are as small as the discrepancy is, so that float32 holds it. What an image has of it is the
 * mean over j. One latent has no pair: there it is 2 u(z, p).
 *
 * @param alpha weight of the mutual information
 * @param lambda weight of the divergence of q(z) and p(z) in the paper
 * @param kernel of the discrepancy
 * @param bandwidth of the kernel, as a multiple of the deviation of N(0, I)
 */
public record InformationMaximizing(
        @PositiveOrZero
        @JsonPropertyDescription(
                "What the mutual information of image and latents is worth; 1 leaves no KL of each image.")
        double alpha,

        @PositiveOrZero
        @JsonPropertyDescription("Weight of the discrepancy of aggregate posterior and prior, plus 1 - alpha.")
        double lambda,

        @JsonPropertyDescription("Kernel of the maximum mean discrepancy: inverse multiquadratic, or Gaussian.")
        Kernel kernel,

        @Positive @JsonPropertyDescription("Scale of the kernel, as a multiple of the deviation of N(0, I).")
        double bandwidth)
        implements Loss {
    /** Name of the discrepancy among the terms. */
    public static final String DISCREPANCY = "mmd";

    /**
     * Of d^2, the squared distance of two latents, with C = 2 * latent * bandwidth^2: the expected d^2 of two draws from N(0,
     * bandwidth^2 I) (Tolstikhin et al. 2018, section 4).
     */
    public enum Kernel {
        /** C / (C + d^2), the inverse multiquadratic one. */
        @JsonProperty("imq")
        INVERSE_MULTIQUADRATIC {
            @Override
            <X> Operand<X> complement(Operand<X> squares, double scale) {
                return squares.over(squares.plus(scale));
            }
        },
        /** e^(-d^2 / C), the Gaussian one. */
        @JsonProperty("rbf")
        GAUSSIAN {
            @Override
            <X> Operand<X> complement(Operand<X> squares, double scale) {
                return squares.over(-scale).expm1().negated();
            }
        };

        /** 1 - k. */
        abstract <X> Operand<X> complement(Operand<X> squares, double scale);
    }

    /** With half of the mutual information, and a discrepancy of 1e-3 for about a nat. */
    public InformationMaximizing() {
        this(0.5, 1000, Kernel.INVERSE_MULTIQUADRATIC, 1);
    }

    /** @throws IllegalArgumentException if the discrepancy has no positive weight, or another number is not what it can be */
    public InformationMaximizing {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException(
                    "alpha lies between 0 and 1, since (1 - alpha) weighs the KL, found " + alpha);
        }
        if (!(alpha + lambda > 1)) {
            throw new IllegalArgumentException("alpha + lambda - 1 weighs the discrepancy and is above 0, found alpha "
                    + alpha + " and lambda " + lambda);
        }
        if (kernel == null || !(bandwidth > 0)) {
            throw new IllegalArgumentException(
                    "a kernel has a positive bandwidth, found " + kernel + " and " + bandwidth);
        }
    }

    @Override
    public String name() {
        return "info";
    }

    @Override
    public String description() {
        return "InfoVAE with maximum mean discrepancy (Zhao et al. 2017); with alpha 1 WAE-MMD (Tolstikhin et al. 2018)";
    }

    /** A draw of the prior for each latent. */
    @Override
    public int extraNoise() {
        return 1;
    }

    @Override
    public boolean needsPriorSamples() {
        return true;
    }

    @Override
    public int smallestBatch() {
        return 2;
    }

    /** The kernel between latents and draws, and within both. */
    @Override
    public List<List<Integer>> largeResults(int rows, int latent) {
        return Collections.nCopies(3, List.of(rows, rows));
    }

    @Override
    public <X> LossTerms<X> compute(VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
        Posterior<Operand<X>> posterior = model.encode(images);
        Operand<X> latents = model.sample(posterior, noise.ofEach(2, 0, 1));
        Operand<X> draws = model.samplePrior(noise.ofEach(2, 1, 2));
        Operand<X> reconstruction =
                model.logLikelihood(images, model.decode(latents)).negated();
        Operand<X> kl = model.divergence(posterior, latents);
        Operand<X> discrepancy = discrepancy(latents, draws);
        Operand<X> minimized =
                reconstruction.plus(kl.times(beta).times(1 - alpha)).plus(discrepancy.times(alpha + lambda - 1));
        return LossTerms.of(reconstruction, kl, minimized).with(DISCREPANCY, discrepancy);
    }

    /** The share of each latent, [rows]. */
    private <X> Operand<X> discrepancy(Operand<X> latents, Operand<X> draws) {
        int count = latents.size(0);
        double scale = 2.0 * latents.size(1) * bandwidth * bandwidth;
        double pairs = count == 1 ? 1 : count / (count - 1.0);
        Operand<X> between = kernel.complement(squares(latents, draws), scale);
        Operand<X> within = kernel.complement(squares(latents, latents), scale)
                .plus(kernel.complement(squares(draws, draws), scale));
        return between.times(2).minus(within.times(pairs)).mean(1);
    }

    /** |left_i - right_j|^2, [left, right]. */
    private static <X> Operand<X> squares(Operand<X> left, Operand<X> right) {
        Operand<X> products = left.matmul(right.transpose(1, 0));
        return products.times(-2)
                .plus(left.squared().sum(1).reshape(left.size(0), 1))
                .plus(right.squared().sum(1).reshape(1, right.size(0)));
    }
}
