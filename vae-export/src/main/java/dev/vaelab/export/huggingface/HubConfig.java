package dev.vaelab.export.huggingface;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.network.Layer;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.tensor.Window;
import dev.vaelab.experiment.run.ProgramVersion;
import dev.vaelab.export.graph.ExportedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code config.json}: all that it takes to build the model again, beside its weights.
 *
 * @param modelType what it is
 * @param architectures the class in Python that reads this
 * @param producer which program wrote it
 * @param image shape of the images
 * @param latent dimensions of the latent space
 * @param classes of a conditional model; 0 for one that knows no labels
 * @param classNames what labels stand for, the name of label 0 first; empty where nobody knows
 * @param preprocessing what becomes of images before the model sees them
 * @param likelihood of images given latents
 * @param prior of latents
 * @param sampler of latents from the posterior
 * @param encoder its layers and heads
 * @param decoder its layers
 * @param parts shapes of the tensors that belong to no network, by their names
 */
record HubConfig(
        @JsonProperty("model_type") String modelType,
        List<String> architectures,
        String producer,
        ImageShape image,
        int latent,
        int classes,
        @JsonProperty("class_names") List<String> classNames,
        Preprocessing preprocessing,
        String likelihood,
        String prior,
        String sampler,
        Layers encoder,
        Layers decoder,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<Integer>> parts) {

    /**
     * What becomes of images before the model sees them.
     *
     * @param range of the pixels
     * @param layout of an image's axes
     * @param binarization what became of intensities in training
     */
    record Preprocessing(List<Integer> range, String layout, String binarization) {}

    /**
     * A network.
     *
     * @param layers first to last
     * @param heads linear layers that read what the last layer gives
     */
    record Layers(
            List<Map<String, Object>> layers,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Map<String, Object>> heads) {
        static Layers of(NetworkSpecification network) {
            return new Layers(
                    network.layers().stream()
                            .map(layer -> layer.accept(Description.INSTANCE))
                            .toList(),
                    network.heads().stream()
                            .map(layer -> layer.accept(Description.INSTANCE))
                            .toList());
        }
    }

    static HubConfig of(ExportedModel model) {
        Architecture architecture = model.architecture();
        Map<String, List<Integer>> parts = new LinkedHashMap<>();
        for (TensorSpecification tensor : architecture.parts()) {
            parts.put(tensor.name(), tensor.shape());
        }
        return new HubConfig(
                "vaelab-vae",
                List.of("VariationalAutoencoder"),
                ProgramVersion.text(),
                architecture.image(),
                architecture.latent(),
                architecture.classes(),
                model.classNames(),
                new Preprocessing(
                        List.of(0, 1),
                        "channels, height, width",
                        model.config().dataset().binarization().toString()),
                model.objective().likelihood().name(),
                model.objective().prior().name(),
                model.objective().sampler().name(),
                Layers.of(architecture.encoder()),
                Layers.of(architecture.decoder()),
                parts);
    }

    /** A layer as an object. */
    private static final class Description implements Layer.Visitor<Map<String, Object>> {
        static final Description INSTANCE = new Description();

        @Override
        public Map<String, Object> convolution(Layer.Convolution layer) {
            return convolution("convolution", layer.name(), layer.in(), layer.out(), layer.window());
        }

        @Override
        public Map<String, Object> transposedConvolution(Layer.TransposedConvolution layer) {
            Map<String, Object> description =
                    convolution("transposed-convolution", layer.name(), layer.in(), layer.out(), layer.window());
            description.put("output_padding", layer.outputPadding());
            return description;
        }

        private static Map<String, Object> convolution(String type, String name, int in, int out, Window window) {
            Map<String, Object> description = named(type, name);
            description.put("in", in);
            description.put("out", out);
            description.put("kernel", window.kernel());
            description.put("stride", window.stride());
            description.put("padding", window.padding());
            return description;
        }

        @Override
        public Map<String, Object> linear(Layer.Linear layer) {
            Map<String, Object> description = named("linear", layer.name());
            description.put("in", layer.in());
            description.put("out", layer.out());
            return description;
        }

        @Override
        public Map<String, Object> batchNormalization(Layer.BatchNormalization layer) {
            Map<String, Object> description = named("batch-normalization", layer.name());
            description.put("channels", layer.channels());
            return description;
        }

        @Override
        public Map<String, Object> activation(Layer.Activation layer) {
            return Map.of(
                    "type", layer.function().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }

        @Override
        public Map<String, Object> flatten(Layer.Flatten layer) {
            return Map.of("type", "flatten");
        }

        @Override
        public Map<String, Object> reshape(Layer.Reshape layer) {
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("type", "reshape");
            description.put("shape", layer.shape());
            return description;
        }

        private static Map<String, Object> named(String type, String name) {
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("type", type);
            description.put("name", name);
            return description;
        }
    }
}
