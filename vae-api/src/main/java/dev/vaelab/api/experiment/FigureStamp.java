package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * What a figure is of. Figures of unlike stamps say nothing about each other and stand in no column together.
 *
 * @param metric what was measured
 * @param dataset name of the data set
 * @param images which of its images: {@code test} for all test images; null if that is not known
 * @param reconstruction likelihood of the pixels; null if that is not known, or has no part in the metric
 * @param binarization what became of intensities; null if that is not known
 * @param samples latents of each image, for a likelihood; else null
 * @param condition what is known of an image beside it, log p(x|y) in the place of log p(x); null for nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FigureStamp(
        Metric metric,
        String dataset,
        String images,
        String reconstruction,
        Binarization binarization,
        Integer samples,
        ModelConfig.Condition condition) {
    /** What figures measure; all but a number of units are nats per image, of which fewer are better. */
    public enum Metric {
        /** -log p(x), estimated by importance sampling with {@link FigureStamp#samples} latents (Burda et al. 2016, equation 8). */
        @JsonProperty("negative-log-likelihood")
        NEGATIVE_LOG_LIKELIHOOD("negative log-likelihood", "nats per image"),
        /** Reconstruction + KL with one latent of each image. */
        @JsonProperty("negative-elbo")
        NEGATIVE_ELBO("negative ELBO", "nats per image"),
        /** Dimensions of the latent space whose posterior mean varies by more than 0.01 over the images (Burda et al. 2016). */
        @JsonProperty("active-units")
        ACTIVE_UNITS("active units", "dimensions");

        private final String label;
        private final String unit;

        Metric(String label, String unit) {
            this.label = label;
            this.unit = unit;
        }

        /** The unit of its figures. */
        public String unit() {
            return unit;
        }

        /** The name for people. */
        @Override
        public String toString() {
            return label;
        }
    }

    /** Whether a figure is one of these: it has all that this stamp states. */
    public boolean describes(FigureStamp figure) {
        return metric == figure.metric
                && dataset.equals(figure.dataset)
                && (images == null || images.equals(figure.images))
                && (reconstruction == null || reconstruction.equals(figure.reconstruction))
                && (binarization == null || binarization == figure.binarization)
                && Objects.equals(samples, figure.samples)
                && condition == figure.condition;
    }

    private String binarizationInWords() {
        if (binarization == null) {
            return "binarization not stated";
        }
        return binarization == Binarization.NONE ? "not binarized" : binarization + " binarization";
    }

    /** In words: {@code negative log-likelihood on mnist, test images, bce, stochastic binarization, 5000 samples}. */
    public String label() {
        StringBuilder words = new StringBuilder(metric + " on " + dataset + ", ");
        words.append(images == null ? "images not stated" : images + " images");
        if (reconstruction != null) {
            words.append(", ").append(reconstruction);
        }
        words.append(", ").append(binarizationInWords());
        if (samples != null) {
            words.append(", ").append(samples).append(samples == 1 ? " sample" : " samples");
        }
        if (condition != null) {
            words.append(", given the ").append(condition);
        }
        return words.toString();
    }
}
