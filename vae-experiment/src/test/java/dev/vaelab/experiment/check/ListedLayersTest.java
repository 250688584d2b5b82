package dev.vaelab.experiment.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.wiring.Laboratory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Networks that a file lists layer by layer")
class ListedLayersTest {
    private static final ImageShape DIGIT = new ImageShape(1, 28, 28);

    private static final String JSON = """
            {
              "name": "listed",
              "backend": "reference",
              "dataset": { "name": "mnist" },
              "model": {
                "latent": 3,
                "encoder": [
                  { "convolution": 8, "kernel": 3, "stride": 2, "padding": 1 },
                  "batch-normalization", "leaky-relu",
                  %s
                ],
                "decoder": [
                  { "linear": 392 },
                  { "reshape": [8, 7, 7] },
                  { "kernel": 3, "stride": 4, "transposedConvolution": 1, "outputPadding": 1 }
                ]
              }
            }
            """;

    private static final String YAML = """
            name: listed
            backend: reference
            dataset: {name: mnist}
            model:
              latent: 3
              encoder:
                - {convolution: 8, kernel: 3, stride: 2, padding: 1}
                - batch-normalization
                - leaky-relu
                - %s
              decoder:
                - linear: 392
                - reshape: [8, 7, 7]
                - kernel: 3
                  stride: 4
                  transposedConvolution: 1
                  outputPadding: 1
            """;

    private static final Laboratory LABORATORY = Laboratory.open();

    @TempDir
    private Path folder;

    @Test
    @DisplayName("are the same in JSON and YAML, whichever key of a layer comes first")
    void same() throws IOException {
        Architecture json =
                architecture(load("json", JSON.formatted("{ \"padding\": 2, \"convolution\": 4, \"kernel\": 5 }")));
        Architecture yaml = architecture(load("yaml", YAML.formatted("{kernel: 5.0, convolution: 4, padding: 2}")));
        assertEquals(json, yaml);
        assertEquals(
                List.of(
                        "encoder.conv1.weight [8, 1, 3, 3]",
                        "encoder.conv1.bias [8]",
                        "encoder.bn1.weight [8]",
                        "encoder.bn1.bias [8]",
                        "encoder.bn1.running_mean [8]",
                        "encoder.bn1.running_var [8]",
                        "encoder.conv2.weight [4, 8, 5, 5]",
                        "encoder.conv2.bias [4]",
                        "encoder.mean.weight [3, 784]",
                        "encoder.mean.bias [3]",
                        "encoder.log_variance.weight [3, 784]",
                        "encoder.log_variance.bias [3]",
                        "decoder.fc.weight [392, 3]",
                        "decoder.fc.bias [392]",
                        "decoder.deconv1.weight [8, 1, 3, 3]",
                        "decoder.deconv1.bias [1]"),
                json.tensors().stream()
                        .map(tensor -> tensor.name() + " " + tensor.shape())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { "convolution": 4, "kernel": 15 } | 10:7 model.encoder[3]: found convolution behind features of the shape [8, 14, 14], expected features that a kernel of 15 with padding 0 fits into
            { "reshape": [8, 7, 7] } | 10:7 model.encoder[3]: found reshape behind features of the shape [8, 14, 14], expected 392 values
            { "convolution": 4 } | 10:7 model.encoder[3].kernel: found nothing, expected a whole number of at least 1
            { "linear": 4, "kernel": 3 } | 10:32 model.encoder[3].kernel: found a key of other layers, expected linear
            { "kernel": 3 } | 10:7 model.encoder[3]: found an object with the key kernel, expected one of relu, tanh, elu, leaky-relu, softplus, sigmoid, flatten, batch-normalization, or an object with one of the keys convolution, transposedConvolution, linear, reshape
            { "convolution": 2147483647, "kernel": 2147483647, "padding": 2147483647 } | 10:7 model.encoder[3]: found more values than can be counted, expected at most 2147483639, which is as long as arrays are
            { "convolution": 4, "kernel": 0 } | 10:37 model.encoder[3].kernel: found 0, expected a whole number of at least 1
            { "convolution": 4, "kernle": 3 } | 10:27 model.encoder[3].kernle: found an unknown key; did you mean model.encoder[3].kernel?
            "Relu" | 10:7 model.encoder[3]: found text "Relu", expected one of relu, tanh, elu, leaky-relu, softplus, sigmoid, flatten, batch-normalization, or an object with the keys convolution, transposedConvolution, linear, reshape, kernel, stride, padding, outputPadding; did you mean relu?
            [ "relu" ] | 10:7 model.encoder[3]: found a list of 1 item, expected one of relu, tanh, elu, leaky-relu, softplus, sigmoid, flatten, batch-normalization, or an object with the keys convolution, transposedConvolution, linear, reshape, kernel, stride, padding, outputPadding
            """)
    @DisplayName("have what is wrong with a layer told with its line, in JSON and YAML")
    void wrong(String layer, String expected) throws IOException {
        assertEquals("listed.json:" + expected, problems("json", JSON.formatted(layer)));
        // The same flow of braces, one column to the right in YAML's list.
        String position = expected.replaceFirst("10:(\\d+)", "10:$1").replaceFirst("^5:12", "5:3");
        assertEquals("listed.yaml:" + position, problems("yaml", YAML.formatted(layer)));
    }

    @Test
    @DisplayName("are told which image their logits have to be")
    void logits() throws IOException {
        String text = YAML.formatted("relu").replace("stride: 4", "stride: 2");
        assertEquals(
                "listed.yaml:12:5 model.decoder: found logits of the shape [1, 16, 16], expected [1, 28, 28], the shape of the"
                        + " images",
                problems("yaml", text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {encoder: [flatten]} | 4:8 model.decoder: found nothing, expected a list of layers, since the other network is one; list the layers of both encoder and decoder, or of neither
            {encoder: [flatten], decoder: [{linear: 784}], hidden: 8} | 4:55 model.hidden: found hidden beside a list of layers, expected it with a network of a name only; leave the key out, or encoder and decoder
            {encoder: [flatten], decoder: [{linear: 784}], network: mlp} | 4:55 model.network: found network beside a list of layers, expected it with a network of a name only; leave the key out, or encoder and decoder
            {hidden: [8, 9]} | 4:17 model.hidden: found a list of 2 items, expected a whole number, for convolutional; give one width, or set model.network to mlp
            {network: mlp, hidden: 8, channels: [2]} | 4:34 model.channels: found channels with mlp, expected it with convolutional only; leave the key out, or set model.network to convolutional
            {activation: tanh} | 4:9 model.activation: found activation with convolutional, expected it with mlp only; leave the key out, or set model.network to mlp
            """)
    @DisplayName("are no networks of a name, and keys of one mean nothing beside the other")
    void eitherOr(String model, String expected) throws IOException {
        assertEquals(
                "listed.yaml:" + expected,
                problems("yaml", "name: listed\nbackend: reference\ndataset: {name: mnist}\nmodel: " + model + "\n"));
    }

    private LoadedExperiment load(String type, String text) throws IOException {
        Path file = folder.resolve("listed." + type);
        Files.writeString(file, text);
        return LABORATORY.loader().load(file, List.of(), Optional.empty());
    }

    private static Architecture architecture(LoadedExperiment loaded) {
        return ModelCheck.require(loaded.config().model(), new ModelledImages(DIGIT, 10), false);
    }

    private String problems(String type, String text) {
        InvalidInputException failure = assertThrows(InvalidInputException.class, () -> {
            LoadedExperiment loaded = load(type, text);
            try {
                architecture(loaded);
            } catch (InvalidInputException e) {
                throw loaded.places().locate(e);
            }
        });
        return failure.problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .collect(Collectors.joining("\n"));
    }
}
