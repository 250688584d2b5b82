package dev.vaelab.backend.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkBuilder;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.tensor.Window;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.training.network.ComposedNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A network of the engine's own")
class DjlNetworkTest {
    private static final int IMAGES = 5;
    private static final ImageShape COLOUR = new ImageShape(3, 8, 12);
    private static final Architecture CONVOLUTIONAL = new Architecture(COLOUR, List.of(5, 4), 6, 2);

    /** Values become maps and maps values in every way that there is. */
    static Stream<NetworkSpecification> own() {
        Architecture shallow = Architecture.mlp(COLOUR, List.of(), Function.RELU, 2);
        Stream<NetworkSpecification> activated = Stream.of(Function.values())
                .map(function -> Architecture.mlp(COLOUR, List.of(6, 5), function, 2))
                .flatMap(model -> Stream.of(model.encoder(), model.decoder()));
        Stream<NetworkSpecification> lists = Stream.of(
                CONVOLUTIONAL.encoder(),
                CONVOLUTIONAL.decoder(),
                images(1, 4, 4).flatten().linear(3).head("mean", 2).build(),
                images(1, 4, 4)
                        .flatten()
                        .linear(3)
                        .head("mean", 2)
                        .head("log_variance", 1)
                        .build(),
                shallow.encoder(),
                shallow.decoder(),
                block(images(3, 4, 6), 2)
                        .flatten()
                        .head("mean", 2)
                        .head("log_variance", 2)
                        .build(),
                block(images(1, 5, 7), 2).build(),
                block(images(2, 4, 4), 3)
                        .transposedConvolution(2, Architecture.HALVING, 0)
                        .build(),
                block(images(2, 4, 4), 3)
                        .flatten()
                        .linear(12)
                        .activation(Function.RELU)
                        .reshape(List.of(3, 1, 4))
                        .transposedConvolution(2, Architecture.HALVING, 0)
                        .build());
        return Stream.concat(activated, lists);
    }

    private static Stream<NetworkSpecification> others() {
        Window three = new Window(3, 1, 1);
        return Stream.of(
                images(1, 4, 4)
                        .convolution(2, three)
                        .batchNormalization()
                        .activation(Function.RELU)
                        .build(),
                images(1, 4, 4)
                        .convolution(2, Architecture.HALVING)
                        .activation(Function.RELU)
                        .build(),
                images(1, 4, 4)
                        .convolution(2, Architecture.HALVING)
                        .batchNormalization()
                        .activation(Function.ELU)
                        .build(),
                images(1, 4, 4).flatten().linear(3).batchNormalization().build(),
                images(1, 4, 4)
                        .flatten()
                        .linear(3)
                        .activation(Function.TANH)
                        .activation(Function.RELU)
                        .build(),
                images(1, 4, 4).flatten().build(),
                block(images(2, 4, 4), 3).flatten().build(),
                block(images(2, 4, 4), 3).flatten().reshape(List.of(2, 6, 1)).build(),
                latents()
                        .reshape(List.of(4, 1, 1))
                        .transposedConvolution(1, Architecture.HALVING, 0)
                        .build(),
                latents()
                        .linear(4)
                        .reshape(List.of(1, 2, 2))
                        .transposedConvolution(1, Architecture.HALVING, 1)
                        .build(),
                latents()
                        .linear(4)
                        .reshape(List.of(1, 2, 2))
                        .transposedConvolution(1, Architecture.HALVING, 0)
                        .activation(Function.RELU)
                        .build());
    }

    private static NetworkBuilder images(int channels, int height, int width) {
        return new NetworkBuilder("encoder.", List.of(channels, height, width));
    }

    private static NetworkBuilder latents() {
        return new NetworkBuilder("decoder.", List.of(4));
    }

    private static NetworkBuilder block(NetworkBuilder network, int channels) {
        return network.convolution(channels, Architecture.HALVING)
                .batchNormalization()
                .activation(Function.RELU);
    }

    @ParameterizedTest
    @MethodSource("own")
    @DisplayName("does what the composition of its layers does")
    void composition(NetworkSpecification specification) {
        try (Engine<NDArray> engine = new DjlBackend().open();
                Network<NDArray> own = engine.network(specification).orElseThrow();
                Network<NDArray> composed = new ComposedNetwork<>(engine.operations(), specification)) {
            Map<String, float[]> found = results(engine.operations(), own, specification);
            Map<String, float[]> expected = results(engine.operations(), composed, specification);

            assertEquals(List.copyOf(expected.keySet()), List.copyOf(found.keySet()));
            expected.forEach(
                    (name, values) -> assertArrayEquals(values, found.get(name), 2e-5f * largest(values), name));
        }
    }

    private static Map<String, float[]> results(
            TensorOperations<NDArray> operations, Network<NDArray> network, NetworkSpecification specification) {
        NamedTensors weights = weights(specification);
        network.write(weights, network.parameters());
        network.writeStatistics(weights);
        Map<String, float[]> results = new LinkedHashMap<>();
        network.read(network.parameters()).asMap().forEach((name, tensor) -> results.put(name, tensor.values()));
        try (OperationScope scope = operations.openScope()) {
            int[] shape = IntStream.concat(
                            IntStream.of(IMAGES), specification.input().stream().mapToInt(Integer::intValue))
                    .toArray();
            NDArray input = operations.upload(noise(Shapes.size(shape), 1), shape);
            for (NDArray output : network.forward(input, Phase.EVALUATION).outputs()) {
                results.put("evaluated " + results.size(), operations.download(output));
            }
            for (boolean inputNeeded : new boolean[] {true, false}) {
                Network.Pass<NDArray> pass = network.forward(input, Phase.TRAINING);
                List<NDArray> gradients = new ArrayList<>();
                for (NDArray output : pass.outputs()) {
                    results.put("output " + results.size(), operations.download(output));
                    int[] size = operations.shape(output);
                    gradients.add(operations.upload(noise(Shapes.size(size), 2 + gradients.size()), size));
                }
                Network.Derivatives<NDArray> derivatives = pass.backward(gradients, inputNeeded);
                if (inputNeeded) {
                    results.put("by the input", operations.download(derivatives.input()));
                }
                network.read(derivatives.parameters())
                        .asMap()
                        .forEach((name, tensor) -> results.put(inputNeeded + " by " + name, tensor.values()));
            }
        }
        network.statistics().asMap().forEach((name, tensor) -> results.put(name, tensor.values()));
        return results;
    }

    private static NamedTensors weights(NetworkSpecification specification) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (TensorSpecification tensor : specification.tensors()) {
            float[] values = noise(tensor.size(), 10 + weights.size());
            if (tensor.role() == TensorRole.RUNNING_VARIANCE) {
                for (int index = 0; index < values.length; index++) {
                    values[index] = 0.5f + Math.abs(values[index]);
                }
            }
            weights.put(tensor.name(), new Tensor(tensor.shape(), values));
        }
        return new NamedTensors(weights);
    }

    private static float[] noise(int size, int seed) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int index = 0; index < size; index++) {
            values[index] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @ParameterizedTest
    @MethodSource("others")
    @DisplayName("is not there for a list of which one layer or shape is another")
    void otherLists(NetworkSpecification specification) {
        try (Engine<NDArray> engine = new DjlBackend().open()) {
            assertFalse(engine.network(specification).isPresent());
        }
    }

    @Test
    @DisplayName("leaves passes and derivatives to the innermost scope, even if the input belongs to another")
    void innermostScope() {
        try (Engine<NDArray> engine = new DjlBackend().open();
                Network<NDArray> network =
                        engine.network(CONVOLUTIONAL.decoder()).orElseThrow()) {
            TensorOperations<NDArray> operations = engine.operations();
            try (OperationScope outer = operations.openScope()) {
                NDArray latents = operations.constant(1, IMAGES, 2);
                int held = latents.getManager().getManagedArrays().size();
                for (Phase phase : Phase.values()) {
                    try (OperationScope inner = operations.openScope()) {
                        Network.Pass<NDArray> pass = network.forward(latents, phase);
                        if (phase == Phase.TRAINING) {
                            NDArray gradient = operations.constant(1, IMAGES, 3, 8, 12);
                            assertNull(pass.backward(List.of(gradient), false).input());
                        }
                    }
                    assertEquals(held, latents.getManager().getManagedArrays().size());
                }
            }
        }
    }

    @Test
    @DisplayName("takes what any operation has computed, and does not go backward after evaluation")
    void anyInput() {
        try (Engine<NDArray> engine = new DjlBackend().open();
                Network<NDArray> network =
                        engine.network(CONVOLUTIONAL.decoder()).orElseThrow();
                OperationScope scope = engine.operations().openScope()) {
            TensorOperations<NDArray> operations = engine.operations();
            NDArray latents = operations.constant(1, IMAGES, 2);
            List<NDArray> gradients = List.of(operations.constant(1, IMAGES, 3, 8, 12));
            for (NDArray input : List.of(
                    latents,
                    operations.exp(latents),
                    operations.expm1(latents),
                    operations.slice(latents, 0, 0, IMAGES))) {
                Network.Pass<NDArray> pass = network.forward(input, Phase.TRAINING);
                assertEquals(
                        List.of(IMAGES, 2),
                        IntStream.of(operations.shape(
                                        pass.backward(gradients, true).input()))
                                .boxed()
                                .toList());
            }
            Network.Pass<NDArray> evaluated = network.forward(latents, Phase.EVALUATION);
            assertThrows(IllegalStateException.class, () -> evaluated.backward(gradients, true));
        }
    }

    @Test
    @DisplayName("frees its tensors, with its engine or before")
    void closed() {
        Engine<NDArray> engine = new DjlBackend().open();
        Network<NDArray> network = engine.network(CONVOLUTIONAL.encoder()).orElseThrow();
        NDArray parameter = network.parameters().get(0);
        int held = parameter.getManager().getManagedArrays().size();

        Network<NDArray> other = engine.network(CONVOLUTIONAL.decoder()).orElseThrow();
        other.close();
        assertEquals(held, parameter.getManager().getManagedArrays().size());
        assertTrue(other.parameters().get(0).isReleased());
        engine.close();
        assertTrue(parameter.isReleased());
        network.close();
        engine.close();
    }
}
