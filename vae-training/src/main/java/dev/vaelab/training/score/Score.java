package dev.vaelab.training.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaelab.training.likelihood.ImageLikelihood;
import java.util.Arrays;
import java.util.List;

/**
 * A figure of an image by which unusual images are to be told from usual ones. Of all of them, the larger, the more unusual.
 *
 * <p>A low likelihood does not say that an image is unusual: models of Fashion-MNIST find MNIST more likely than Fashion-MNIST, those of
 * CIFAR-10 find SVHN more likely than CIFAR-10 (E. Nalisnick et al., <em>Do Deep Generative Models Know What They Don't Know?</em>, 2019),
 * since images with little in them are likely under any model. What the complexity of the image is subtracted from allows for that: S(x) =
 * -log2 p(x) - L(x), the logarithm of a likelihood ratio in which the compressor is the other model (J. Serrà et al., 2020, equation 1 and
 * section 3).
 */
public enum Score {
    /** reconstruction + KL, a bound of -log p(x) from above. */
    @JsonProperty("negativeElbo")
    NEGATIVE_ELBO("negative ELBO", "nats", false) {
        @Override
        public double of(ImageScore image, long complexity) {
            return image.negativeElbo();
        }
    },
    /** -log p(x|z). */
    @JsonProperty("reconstruction")
    RECONSTRUCTION("reconstruction", "nats", false) {
        @Override
        public double of(ImageScore image, long complexity) {
            return image.reconstruction();
        }
    },
    /** KL(q(z|x) || p(z)). */
    @JsonProperty("kl")
    KL("KL", "nats", false) {
        @Override
        public double of(ImageScore image, long complexity) {
            return image.kl();
        }
    },
    /** -log p(x) by importance sampling. */
    @JsonProperty("negativeLogLikelihood")
    NEGATIVE_LOG_LIKELIHOOD("-log p(x)", "nats", true) {
        @Override
        public double of(ImageScore image, long complexity) {
            return -logLikelihood(image);
        }
    },
    /** L(x) alone, which no model has a part in: what a score has to surpass. */
    @JsonProperty("complexity")
    COMPLEXITY("complexity", "bits", false) {
        @Override
        public double of(ImageScore image, long complexity) {
            return complexity;
        }
    },
    /** S(x) with the bound in the place of -log p(x). */
    @JsonProperty("negativeElboRatio")
    NEGATIVE_ELBO_RATIO("negative ELBO - complexity", "bits", false) {
        @Override
        public double of(ImageScore image, long complexity) {
            return image.negativeElbo() / NATS_OF_A_BIT - complexity;
        }
    },
    /** S(x). */
    @JsonProperty("likelihoodRatio")
    LIKELIHOOD_RATIO("-log p(x) - complexity", "bits", true) {
        @Override
        public double of(ImageScore image, long complexity) {
            return -logLikelihood(image) / NATS_OF_A_BIT - complexity;
        }
    };

    private static final double NATS_OF_A_BIT = Math.log(2);

    private final String title;
    private final String unit;
    private final boolean needsLikelihood;

    Score(String title, String unit, boolean needsLikelihood) {
        this.title = title;
        this.unit = unit;
        this.needsLikelihood = needsLikelihood;
    }

    /** Those that can be computed, in their order. */
    public static List<Score> all(boolean withLikelihood) {
        return Arrays.stream(values())
                .filter(score -> withLikelihood || !score.needsLikelihood)
                .toList();
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** {@code nats} or {@code bits}, per image. */
    public String unit() {
        return unit;
    }

    /**
     * Of an image.
     *
     * @param complexity of the image, in bits, see {@link ImageComplexity}
     * @throws IllegalStateException if it needs a likelihood that is not there
     */
    public abstract double of(ImageScore image, long complexity);

    /** Of each of some images. */
    public double[] ofEach(List<ImageScore> images, long... complexities) {
        double[] values = new double[images.size()];
        for (int image = 0; image < values.length; image++) {
            values[image] = of(images.get(image), complexities[image]);
        }
        return values;
    }

    private static double logLikelihood(ImageScore image) {
        return image.likelihood()
                .map(ImageLikelihood::logLikelihood)
                .orElseThrow(() -> new IllegalStateException("nobody has estimated log p(x)"));
    }
}
