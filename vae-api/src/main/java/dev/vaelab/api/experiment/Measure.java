package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What figures in nats per image are measured under. Figures of different measures say nothing about each other: another
 * likelihood gives other nats for the same images, and so do binarized images under the same likelihood.
 *
 * @param reconstruction likelihood of the images
 * @param variance of every pixel under mse; null under bce
 * @param binarization what became of the intensities
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measure(Reconstruction reconstruction, Double variance, Binarization binarization) {
    /** In words: {@code bce}, {@code mse (variance 0.5)}, {@code bce, stochastic binarization}. */
    @JsonIgnore
    public String label() {
        String likelihood =
                variance == null ? reconstruction.toString() : reconstruction + " (variance " + variance + ")";
        return binarization == Binarization.NONE ? likelihood : likelihood + ", " + binarization + " binarization";
    }
}
