package dev.vaelab.training.network;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.network.Layer.Activation;
import dev.vaelab.api.network.NetworkBuilder;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.tensor.Window;
import dev.vaelab.training.tape.FiniteDifferences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Layers as a program")
final class LayerProgramTest {
    private static final int IMAGES = 3;

    static Stream<Arguments> networks() {
        Architecture convolutional = new Architecture(new ImageShape(1, 4, 8), List.of(2, 3), 4, 2);
        Architecture mlp = Architecture.mlp(new ImageShape(1, 2, 3), List.of(5, 4), Activation.Function.TANH, 2);
        NetworkSpecification odd = new NetworkBuilder("encoder.", List.of(2, 7, 6))
                .convolution(3, new Window(3, 2, 1))
                .activation(Activation.Function.SOFTPLUS)
                .convolution(2, new Window(2, 1, 0))
                .batchNormalization()
                .flatten()
                .linear(4)
                .batchNormalization()
                .activation(Activation.Function.SIGMOID)
                .head("mean", 2)
                .head("log_variance", 2)
                .build();
        NetworkSpecification back = new NetworkBuilder("decoder.", List.of(2))
                .linear(12)
                .reshape(List.of(3, 2, 2))
                .transposedConvolution(2, new Window(3, 2, 1), 1)
                .activation(Activation.Function.TANH)
                .transposedConvolution(1, new Window(3, 2, 1), 0)
                .build();
        return Stream.of(
                Arguments.of("convolutional encoder", convolutional.encoder()),
                Arguments.of("convolutional decoder", convolutional.decoder()),
                Arguments.of("mlp encoder", mlp.encoder()),
                Arguments.of("mlp decoder", mlp.decoder()),
                Arguments.of("odd windows", odd),
                Arguments.of("odd transposed windows", back));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    @DisplayName("have the derivatives by input and weights that central differences find, in training")
    void training(String name, NetworkSpecification network) {
        requireDerivatives(network, Phase.TRAINING);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    @DisplayName("have the derivatives by input and weights that central differences find, in evaluation")
    void evaluation(String name, NetworkSpecification network) {
        requireDerivatives(network, Phase.EVALUATION);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("have the derivatives of each activation function")
    void activations(Activation.Function function) {
        requireDerivatives(
                new NetworkBuilder("encoder.", List.of(3)).activation(function).build(), Phase.TRAINING);
    }

    private static void requireDerivatives(NetworkSpecification network, Phase phase) {
        List<int[]> shapes = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        int[] input = IntStream.concat(
                        IntStream.of(IMAGES), network.input().stream().mapToInt(Integer::intValue))
                .toArray();
        shapes.add(input);
        values.add(FiniteDifferences.values(0, input));
        List<String> names = new ArrayList<>();
        for (TensorSpecification tensor : network.tensors()) {
            int[] shape = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
            float[] drawn = FiniteDifferences.values(1 + names.size(), shape);
            if (tensor.name().endsWith("running_var")) {
                for (int index = 0; index < drawn.length; index++) {
                    drawn[index] = 0.5f + drawn[index] * drawn[index];
                }
            }
            names.add(tensor.name());
            shapes.add(shape);
            values.add(drawn);
        }
        FiniteDifferences.require(new NetworkProgram(network, phase, names), values, shapes.toArray(int[][]::new));
    }

    private record NetworkProgram(NetworkSpecification network, Phase phase, List<String> names)
            implements FiniteDifferences.Program {
        @Override
        public <X> Operand<X> of(List<Operand<X>> inputs) {
            Map<String, X> tensors = new LinkedHashMap<>();
            for (int index = 0; index < names.size(); index++) {
                tensors.put(names.get(index), inputs.get(1 + index).value());
            }
            Operand<X> first = inputs.get(0);
            LayerProgram<X> program =
                    new LayerProgram<>(first.operations(), tensors::get, phase, (layer, mean, variance, count) -> {});
            List<Operand<X>> outputs = program.run(network, first.value()).stream()
                    .map(output -> {
                        Operand<X> operand = first.of(output);
                        return operand.reshape(
                                java.util.Arrays.stream(operand.shape()).reduce(1, (left, right) -> left * right));
                    })
                    .toList();
            return outputs.get(0).concatenate(0, outputs.subList(1, outputs.size()));
        }
    }
}
