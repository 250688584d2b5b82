package dev.vaelab.backend.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.network.Layer.Activation;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A layer")
class LayersTest {
    private static final int IMAGES = 2;
    private static final Architecture ARCHITECTURE = new Architecture(new ImageShape(3, 12, 8), List.of(5, 4), 6, 2);
    private static final NamedTensors WEIGHTS = weights();

    /** Initial weights with a batch normalization that does something. */
    private static NamedTensors weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>(
                InitialWeights.draw(ARCHITECTURE, new RandomStreams(3)).asMap());
        List<Integer> channels = List.of(5);
        weights.put("decoder.bn1.weight", new Tensor(channels, new float[] {1, -2, 0.5f, 3, 1.5f}));
        weights.put("decoder.bn1.bias", new Tensor(channels, new float[] {0, 0.1f, -0.2f, 0.3f, 0.4f}));
        weights.put("decoder.bn1.running_mean", new Tensor(channels, new float[] {0.3f, 0, -0.1f, 0.2f, 0.1f}));
        weights.put("decoder.bn1.running_var", new Tensor(channels, new float[] {1, 0.5f, 2, 0.7f, 1.3f}));
        return new NamedTensors(weights);
    }

    @Test
    @DisplayName(
            "of transposed convolution is, in evaluation, PyTorch's with batch normalization by running statistics")
    void transposedConvolution() {
        float[] input = ramp(IMAGES * 4 * 3 * 2);

        float[] found = run(
                input,
                new int[] {IMAGES, 4, 3, 2},
                (layers, features) -> layers.transposedConvolutionBlock(
                        "decoder.deconv1", "decoder.bn1", features, Phase.EVALUATION));

        float[] convolved = naiveTransposedConvolution("decoder.deconv1", input, 4, 3, 2, 5);
        assertArrayEquals(naiveNormalizationAndReLu("decoder.bn1", convolved, 5), found, 2e-6f);
    }

    @Test
    @DisplayName("of sub-pixel convolution is the same transposed convolution")
    void subPixelConvolution() {
        float[] input = ramp(IMAGES * 5 * 6 * 4);

        float[] found = run(
                input,
                new int[] {IMAGES, 5, 6, 4},
                (layers, features) -> layers.subPixelConvolution("decoder.deconv2", features));

        assertArrayEquals(naiveTransposedConvolution("decoder.deconv2", input, 5, 6, 4, 3), found, 1e-6f);
    }

    @Test
    @DisplayName("of the linear kind is the product with the transposed weight, plus bias, where that is positive")
    void linearRelu() {
        float[] input = ramp(IMAGES * 2);
        float[] weight = WEIGHTS.values("decoder.fc1.weight");
        float[] bias = WEIGHTS.values("decoder.fc1.bias");
        float[] expected = new float[IMAGES * 6];
        for (int row = 0; row < IMAGES; row++) {
            for (int out = 0; out < 6; out++) {
                double sum = bias[out];
                for (int in = 0; in < 2; in++) {
                    sum += (double) input[row * 2 + in] * weight[out * 2 + in];
                }
                expected[row * 6 + out] = (float) Math.max(sum, 0);
            }
        }

        float[] found = run(
                input,
                new int[] {IMAGES, 2},
                (layers, rows) -> layers.linear("decoder.fc1", new Activation(Activation.Function.RELU), rows));

        assertArrayEquals(expected, found, 1e-6f);
    }

    @Test
    @DisplayName("that flattens features is undone by the one that restores them")
    void flattenAndUnflatten() {
        float[] input = ramp(IMAGES * 3 * 2 * 5);

        float[] found = run(
                input,
                new int[] {IMAGES, 3, 2, 5},
                (layers, features) -> layers.unflatten(layers.flatten(features), 3, 2, 5));

        assertArrayEquals(input, found);
    }

    private static float[] run(float[] input, int[] shape, BiFunction<Layers, NDArray, NDArray> layer) {
        try (NDManager manager = PyTorch.openManager()) {
            TorchScriptModule module = new TorchScriptModule(manager);
            DjlOperations operations = new DjlOperations(manager, module);
            NetworkLowering lowering =
                    NetworkLowering.of(ARCHITECTURE.decoder()).orElseThrow();
            try (NetworkTensors tensors = new NetworkTensors(lowering, operations);
                    OperationScope scope = operations.openScope()) {
                tensors.writeParameters(WEIGHTS, tensors.parameters());
                tensors.writeStatistics(WEIGHTS);
                Layers layers = new Layers(tensors::get, module);
                return operations.download(layer.apply(layers, operations.upload(input, shape)));
            }
        }
    }

    /** Every input value times the kernel, added to the output at twice its place less the padding. */
    private static float[] naiveTransposedConvolution(
            String layer, float[] input, int in, int height, int width, int out) {
        float[] weight = WEIGHTS.values(layer + ".weight");
        float[] bias = WEIGHTS.values(layer + ".bias");
        double[] sums = new double[IMAGES * out * 2 * height * 2 * width];
        for (int image = 0; image < IMAGES; image++) {
            for (int channel = 0; channel < in; channel++) {
                for (int row = 0; row < height; row++) {
                    for (int column = 0; column < width; column++) {
                        double value = input[((image * in + channel) * height + row) * width + column];
                        for (int target = 0; target < out; target++) {
                            for (int tap = 0; tap < 16; tap++) {
                                int outRow = 2 * row - 1 + tap / 4;
                                int outColumn = 2 * column - 1 + tap % 4;
                                if (outRow >= 0 && outRow < 2 * height && outColumn >= 0 && outColumn < 2 * width) {
                                    sums[((image * out + target) * 2 * height + outRow) * 2 * width + outColumn] +=
                                            value * weight[(channel * out + target) * 16 + tap];
                                }
                            }
                        }
                    }
                }
            }
        }
        float[] output = new float[sums.length];
        for (int index = 0; index < sums.length; index++) {
            output[index] = (float) (sums[index] + bias[index / (4 * height * width) % out]);
        }
        return output;
    }

    private static float[] naiveNormalizationAndReLu(String layer, float[] features, int channels) {
        int plane = features.length / (IMAGES * channels);
        float[] output = new float[features.length];
        for (int index = 0; index < features.length; index++) {
            int channel = index / plane % channels;
            double deviation = Math.sqrt(WEIGHTS.values(layer + ".running_var")[channel] + 1e-5);
            double centered = features[index] - WEIGHTS.values(layer + ".running_mean")[channel];
            double normalized = centered / deviation * WEIGHTS.values(layer + ".weight")[channel];
            output[index] = (float) Math.max(normalized + WEIGHTS.values(layer + ".bias")[channel], 0);
        }
        return output;
    }

    private static float[] ramp(int size) {
        float[] values = new float[size];
        for (int index = 0; index < size; index++) {
            values[index] = (index * 7 % 11 - 5) / 5f;
        }
        return values;
    }
}
