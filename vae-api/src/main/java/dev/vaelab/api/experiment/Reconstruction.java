package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The likelihoods of images that there are, by the name of the error that they measure. */
public enum Reconstruction {
    /** Binary cross-entropy: Bernoulli pixels. */
    @JsonProperty("bce")
    BCE,
    /** Mean squared error: Gaussian pixels. */
    @JsonProperty("mse")
    MSE;

    /** The name for people and files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
