package dev.vaelab.training;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.VaeModel;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a model uses the dimensions of its latent space.
 *
 * @param images how many images this is measured on
 * @param dimensions one for each dimension, in their order
 */
@JsonIgnoreProperties(value = "activeUnits", allowGetters = true)
public record LatentStatistics(long images, List<Dimension> dimensions) {
    /** Copies the list. */
    public LatentStatistics {
        if (images < 1) {
            throw new IllegalArgumentException("statistics of " + images + " images");
        }
        dimensions = List.copyOf(dimensions);
    }

    /**
     * One dimension.
     *
     * @param kl mean over the images of its share of KL(q(z|x) || N(0, I)), in nats
     * @param varianceOfMeans variance over the images of the posterior mean
     */
    @JsonIgnoreProperties(value = "active", allowGetters = true)
    public record Dimension(double kl, double varianceOfMeans) {
        /** The variance above which a dimension counts as active. */
        public static final double ACTIVE_VARIANCE = 0.01;

        /** Checks the sign; a value that is not finite is none of anything's fault but the model's. */
        public Dimension {
            if (varianceOfMeans < 0) {
                throw new IllegalArgumentException("a variance of " + varianceOfMeans);
            }
        }

        /**
         * Whether the posterior mean depends on the image: Burda, Grosse and Salakhutdinov, Importance Weighted
         * Autoencoders, 2016. Where it does not, the decoder is told nothing.
         */
        @JsonProperty("active")
        public boolean active() {
            return varianceOfMeans > ACTIVE_VARIANCE;
        }
    }

    /** How many dimensions are active. */
    @JsonProperty("activeUnits")
    public long activeUnits() {
        return dimensions.stream().filter(Dimension::active).count();
    }

    /** The dimensions, counted from 0, those that tell most about an image first: by their KL. */
    public List<Integer> mostInformativeFirst() {
        Comparator<Integer> byKl = Comparator.comparingDouble(
                dimension -> dimensions.get(dimension).kl());
        return IntStream.range(0, dimensions.size())
                .boxed()
                .sorted(byKl.reversed())
                .toList();
    }

    /**
     * Measures a model on images without changing it.
     *
     * @param batches images; may not be empty
     */
    public static <T> LatentStatistics measure(VaeModel<T> model, Iterable<Batch> batches) {
        LatentSum sum = new LatentSum(model.architecture().latent());
        batches.forEach(batch -> sum.add(PosteriorValues.of(model, batch.images(), batch.labels())));
        return sum.statistics();
    }

    /**
     * Sums up posteriors that are there already.
     *
     * @throws IllegalStateException if they are those of no image
     */
    public static LatentStatistics of(PosteriorValues posteriors) {
        LatentSum sum = new LatentSum(posteriors.latent());
        sum.add(posteriors);
        return sum.statistics();
    }
}
