package dev.vaelab.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What the weights and biases of convolutions and linear layers begin with. */
public enum Initialization {
    /** PyTorch's defaults: both uniform in +-1/sqrt(fan-in). */
    @JsonProperty("pytorch")
    PYTORCH,
    /**
     * Weights uniform in +-sqrt(6 / (fan-in + fan-out)), biases 0 (X. Glorot and Y. Bengio, <em>Understanding the difficulty of
     * training deep feedforward neural networks</em>, 2010, equation 16), as PyTorch's {@code xavier_uniform_} counts inputs and
     * outputs.
     */
    @JsonProperty("glorot")
    GLOROT;

    /** The name for people and files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
