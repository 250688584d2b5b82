package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What figures in nats per image are measured under. Figures of different measures say nothing about each other: another
 * likelihood gives other nats for the same images, so do binarized images under the same likelihood, and another loss has another
 * minimum.
 *
 * @param loss which loss; null for the ELBO
 * @param reconstruction likelihood of the images
 * @param binarization what became of the intensities
 * @param condition what is known of an image before it is seen, log p(x|y) in the place of log p(x); null for nothing
 * @param keys what loss and likelihood have of their own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measure(
        String loss,
        String reconstruction,
        Binarization binarization,
        ModelConfig.Condition condition,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> keys) {
    /** Copies the keys. */
    public Measure {
        keys = OwnKeys.copy(keys);
    }

    /** Of a model that knows nothing beside images and latents. */
    public Measure(String loss, String reconstruction, Binarization binarization, Map<String, Object> keys) {
        this(loss, reconstruction, binarization, null, keys);
    }

    /** Under the ELBO and a likelihood without keys of its own. */
    public static Measure of(String reconstruction, Binarization binarization) {
        return new Measure(null, reconstruction, binarization, null);
    }

    /**
     * In words: {@code bce}, {@code mse (variance 0.5)}, {@code bce, stochastic binarization}, {@code iwae bce (samples 5)}, {@code
     * bce, given the label}.
     */
    @JsonIgnore
    public String label() {
        List<String> values = new ArrayList<>();
        keys.forEach((key, value) -> values.add(key + " " + value));
        String label = (loss == null ? "" : loss + " ")
                + reconstruction
                + (values.isEmpty() ? "" : " (" + String.join(", ", values) + ")");
        return label
                + (binarization == Binarization.NONE ? "" : ", " + binarization + " binarization")
                + (condition == null ? "" : ", given the " + condition);
    }
}
