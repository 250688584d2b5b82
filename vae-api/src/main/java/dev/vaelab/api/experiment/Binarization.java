package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * What becomes of intensities between black and white. Figures measured under different ones must not be compared: a grey
 * pixel costs nats under {@link #NONE} that no model can save.
 */
public enum Binarization {
    /** Intensities stay as they are, in [0,1]. */
    @JsonProperty("none")
    NONE,
    /** 1 from half of the largest intensity on, else 0. */
    @JsonProperty("threshold")
    THRESHOLD,
    /**
     * 1 with the intensity as probability (R. Salakhutdinov and I. Murray, 2008), drawn afresh for each epoch of the
     * training; what is evaluated is drawn once, as by {@link #FIXED}, and from the same seed.
     */
    @JsonProperty("stochastic")
    STOCHASTIC,
    /** 1 with the intensity as probability, drawn once for the whole experiment, from a seed that may be stated. */
    @JsonProperty("fixed")
    FIXED;

    /** The name for people and files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
