package dev.vaelab.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.network.Layer;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Initial weights")
class InitialWeightsTest {
    private static final ImageShape DIGIT = new ImageShape(1, 28, 28);

    @Test
    @DisplayName("of Glorot and Bengio fill +-sqrt(6 / (fan-in + fan-out)), biases are 0")
    void glorotOfLinearLayers() {
        NamedTensors weights = glorot(Architecture.mlp(DIGIT, List.of(200, 200), Layer.Activation.Function.TANH, 50));
        requireUniform(weights, "encoder.fc1.weight", Math.sqrt(6.0 / (784 + 200)));
        requireUniform(weights, "decoder.fc1.weight", Math.sqrt(6.0 / (50 + 200)));
        requireUniform(weights, "encoder.mean.weight", Math.sqrt(6.0 / (200 + 50)));
        requireZero(weights, "encoder.fc1.bias");
        requireZero(weights, "decoder.fc3.bias");
    }

    @Test
    @DisplayName(
            "of Glorot and Bengio count the places of a kernel among inputs and outputs, as PyTorch's xavier_uniform_ does")
    void glorotOfConvolutions() {
        NamedTensors weights = glorot(new Architecture(DIGIT, List.of(32, 64), 256, 20));
        requireUniform(weights, "encoder.conv2.weight", Math.sqrt(6.0 / ((32 + 64) * 16)));
        requireUniform(weights, "decoder.deconv1.weight", Math.sqrt(6.0 / ((32 + 64) * 16)));
        requireZero(weights, "encoder.conv2.bias");
    }

    @Test
    @DisplayName("are PyTorch's if nothing else is asked for: weights and biases fill +-1/sqrt(fan-in)")
    void pytorch() {
        Architecture architecture = Architecture.mlp(DIGIT, List.of(200, 200), Layer.Activation.Function.TANH, 50);
        NamedTensors weights = InitialWeights.draw(architecture, new RandomStreams(42));
        requireUniform(weights, "encoder.fc1.weight", 1 / Math.sqrt(784));
        requireUniform(weights, "decoder.fc3.bias", 1 / Math.sqrt(200));
    }

    @Test
    @DisplayName(
            "of linear layers are those of Burda et al.: 784-200-200-50 and back, a bias each and no batch normalization")
    void burda() {
        Architecture architecture = Architecture.mlp(DIGIT, List.of(200, 200), Layer.Activation.Function.TANH, 50);
        assertEquals(
                List.of(
                        "encoder.fc1.weight [200, 784]",
                        "encoder.fc1.bias [200]",
                        "encoder.fc2.weight [200, 200]",
                        "encoder.fc2.bias [200]",
                        "encoder.mean.weight [50, 200]",
                        "encoder.mean.bias [50]",
                        "encoder.log_variance.weight [50, 200]",
                        "encoder.log_variance.bias [50]",
                        "decoder.fc1.weight [200, 50]",
                        "decoder.fc1.bias [200]",
                        "decoder.fc2.weight [200, 200]",
                        "decoder.fc2.bias [200]",
                        "decoder.fc3.weight [784, 200]",
                        "decoder.fc3.bias [784]"),
                architecture.tensors().stream()
                        .map((TensorSpecification tensor) -> tensor.name() + " " + tensor.shape())
                        .toList());
        Layer last = architecture
                .decoder()
                .layers()
                .get(architecture.decoder().layers().size() - 1);
        assertTrue(
                last instanceof Layer.Linear || last instanceof Layer.Reshape, "logits, no function behind: " + last);
    }

    private static NamedTensors glorot(Architecture architecture) {
        return InitialWeights.draw(architecture, new RandomStreams(42), Initialization.GLOROT);
    }

    private static void requireUniform(NamedTensors weights, String name, double bound) {
        float[] values = weights.values(name);
        double largest = IntStream.range(0, values.length)
                .mapToDouble(index -> Math.abs(values[index]))
                .max()
                .orElseThrow();
        assertTrue(largest <= bound, name + ": " + largest + " is beyond " + bound);
        assertTrue(largest > 0.95 * bound, name + ": " + largest + " is far within " + bound);
    }

    private static void requireZero(NamedTensors weights, String name) {
        for (float value : weights.values(name)) {
            assertEquals(0, value, name);
        }
    }
}
