package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.util.List;

/**
 * The {@code model} part: the sizes of the variational autoencoder.
 *
 * @param latent dimensions of the latent space; default 20
 * @param channels output channels of each convolution of the encoder; default 32, 64
 * @param hidden width of the linear layers; default 256
 */
public record ModelConfig(
        @Positive @JsonPropertyDescription("Dimensions of the latent space.")
        Integer latent,

        @NotEmpty @JsonPropertyDescription("Output channels of each convolution of the encoder.")
        List<@Positive Integer> channels,

        @Positive @JsonPropertyDescription("Width of the linear layers.")
        Integer hidden) {
    /** The recipe's sizes. */
    public static final ModelConfig DEFAULT = new ModelConfig(null, null, null);

    /** Fills in defaults. */
    public ModelConfig {
        latent = latent == null ? Integer.valueOf(20) : latent;
        channels = channels == null ? List.of(32, 64) : List.copyOf(channels);
        hidden = hidden == null ? Integer.valueOf(256) : hidden;
    }
}
