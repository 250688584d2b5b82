package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.model.Initialization;
import dev.vaelab.api.network.Layer.Activation.Function;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.Locale;

/**
 * The {@code model} part: the networks of the variational autoencoder, as a preset or layer by layer.
 *
 * @param network which preset; default convolutional, none if the layers are listed
 * @param latent dimensions of the latent space; default 20
 * @param channels output channels of each convolution of the encoder, for convolutional only, where it defaults to 32, 64
 * @param hidden width of the linear layers; default 256. For mlp it may be a list
 * @param activation behind each linear layer, for mlp only, where it defaults to relu
 * @param encoder layers between the image and the linear layers of mean and log-variance, instead of a preset
 * @param decoder layers from the latents to the logits, instead of a preset
 * @param initialization what the weights of convolutions and linear layers begin with; default pytorch
 * @param condition what encoder and decoder know beside images and latents; null, the default, for nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelConfig(
        @JsonPropertyDescription("Which networks: convolutional (the recipe's) or mlp (linear layers). Default:"
                + " convolutional, unless encoder and decoder list their layers.")
        Network network,

        @Positive @JsonPropertyDescription("Dimensions of the latent space.")
        Integer latent,

        @NotEmpty
        @JsonPropertyDescription(
                "Output channels of each convolution of the encoder, for convolutional only. Default: [32, 64].")
        List<@Positive Integer> channels,

        @JsonPropertyDescription("Width of the linear layers; for mlp also a list of widths. Default: 256.")
        Widths hidden,

        @JsonPropertyDescription("Behind each linear layer, for mlp only. Default: relu.")
        Activation activation,

        @NotEmpty
        @JsonPropertyDescription(
                "Layers of the encoder, instead of network; linear layers for mean and log-variance follow by themselves.")
        List<LayerConfig> encoder,

        @NotEmpty @JsonPropertyDescription("Layers of the decoder, instead of network; the last one gives logits.")
        List<LayerConfig> decoder,

        @JsonPropertyDescription("What the weights of convolutions and linear layers begin with.")
        Initialization initialization,

        @JsonPropertyDescription(
                "What encoder and decoder know beside images and latents: label, the class of the image"
                        + " (Sohn et al. 2015). Default: nothing.")
        Condition condition) {
    /** The recipe's networks. */
    public static final ModelConfig DEFAULT = new ModelConfig(null, null, null, null, null, null, null);

    /** What a conditional model knows. */
    public enum Condition {
        /** The label of the image, as one number for each class. */
        @JsonProperty("label")
        LABEL;

        /** The name for people and files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The presets that there are. */
    public enum Network {
        /** Convolutions that halve, mirrored by transposed ones. */
        @JsonProperty("convolutional")
        CONVOLUTIONAL,
        /** Linear layers. */
        @JsonProperty("mlp")
        MLP;

        /** The name for people and files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The functions behind layers, by the names that files have. */
    public enum Activation {
        /** See {@link Function#RELU}. */
        @JsonProperty("relu")
        RELU(Function.RELU),
        /** See {@link Function#TANH}. */
        @JsonProperty("tanh")
        TANH(Function.TANH),
        /** See {@link Function#ELU}. */
        @JsonProperty("elu")
        ELU(Function.ELU),
        /** See {@link Function#LEAKY_RELU}. */
        @JsonProperty("leaky-relu")
        LEAKY_RELU(Function.LEAKY_RELU),
        /** See {@link Function#SOFTPLUS}. */
        @JsonProperty("softplus")
        SOFTPLUS(Function.SOFTPLUS),
        /** See {@link Function#SIGMOID}. */
        @JsonProperty("sigmoid")
        SIGMOID(Function.SIGMOID);

        private final Function function;

        Activation(Function function) {
            this.function = function;
        }

        /** The function. */
        public Function function() {
            return function;
        }

        /** The name for people and files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Fills in defaults. */
    public ModelConfig {
        latent = latent == null ? Integer.valueOf(20) : latent;
        encoder = encoder == null ? null : List.copyOf(encoder);
        decoder = decoder == null ? null : List.copyOf(decoder);
        if (encoder == null && decoder == null) {
            network = network == null ? Network.CONVOLUTIONAL : network;
            hidden = hidden == null ? Widths.of(256) : hidden;
        }
        if (network == Network.CONVOLUTIONAL) {
            channels = channels == null ? List.of(32, 64) : channels;
        }
        if (network == Network.MLP) {
            activation = activation == null ? Activation.RELU : activation;
        }
        channels = channels == null ? null : List.copyOf(channels);
        initialization = initialization == null ? Initialization.PYTORCH : initialization;
    }

    /** The same with another size of the latent space. */
    public ModelConfig withLatent(int other) {
        return new ModelConfig(
                network, other, channels, hidden, activation, encoder, decoder, initialization, condition);
    }

    /** The same with other channels. */
    public ModelConfig withChannels(List<Integer> others) {
        return new ModelConfig(
                network, latent, others, hidden, activation, encoder, decoder, initialization, condition);
    }

    /** The same with other widths. */
    public ModelConfig withHidden(Widths others) {
        return new ModelConfig(
                network, latent, channels, others, activation, encoder, decoder, initialization, condition);
    }

    /** The same networks, which know the label. */
    public ModelConfig conditionedOn(Condition other) {
        return new ModelConfig(network, latent, channels, hidden, activation, encoder, decoder, initialization, other);
    }

    /** Networks whose weights begin as PyTorch's, and which know nothing beside images and latents. */
    public ModelConfig(
            Network network,
            Integer latent,
            List<Integer> channels,
            Widths hidden,
            Activation activation,
            List<LayerConfig> encoder,
            List<LayerConfig> decoder) {
        this(network, latent, channels, hidden, activation, encoder, decoder, null, null);
    }

    /** Whether encoder and decoder know the label. */
    public boolean conditional() {
        return condition != null;
    }

    /**
     * The classes of the model.
     *
     * @param ofData those of its data set
     * @return 0 if the model knows no labels
     */
    public int classes(int ofData) {
        return conditional() ? ofData : 0;
    }

    /** Whether the layers are listed. */
    public boolean listed() {
        return network == null;
    }
}
