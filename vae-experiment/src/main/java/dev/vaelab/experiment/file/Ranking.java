package dev.vaelab.experiment.file;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * By what the runs of a sweep are ranked: a figure, on the validation images, of the weights that a run ends with, which are those of
 * its best epoch.
 *
 * @param metric which figure, in nats per image; the lowest is the best
 * @param keysOfLosses keys of the {@code loss} part that belong to losses and not to likelihoods: a metric other than the loss does
 *     not depend on them
 */
public record Ranking(Metric metric, List<String> keysOfLosses) {
    /** By what training minimizes. */
    public static final Ranking BY_LOSS = new Ranking(Metric.LOSS, List.of());

    /** A figure that every run has. */
    public enum Metric {
        /** What training minimizes: reconstruction + beta * KL for the ELBO. */
        @JsonProperty("loss")
        LOSS,
        /** The negative ELBO, reconstruction + KL: the same under every beta and every loss. */
        @JsonProperty("total")
        TOTAL,
        /** -log p(x|z). */
        @JsonProperty("reconstruction")
        RECONSTRUCTION;

        /** As files have it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the list. */
    public Ranking {
        keysOfLosses = List.copyOf(keysOfLosses);
    }
}
