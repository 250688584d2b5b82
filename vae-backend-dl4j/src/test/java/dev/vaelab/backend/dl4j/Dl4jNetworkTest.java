package dev.vaelab.backend.dl4j;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkBuilder;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("A network of the engine's own")
class Dl4jNetworkTest {
    private static final ImageShape IMAGE = new ImageShape(1, 4, 4);
    private static final Architecture RECIPE = new Architecture(IMAGE, List.of(2, 3), 4, 2);
    private static final Architecture PERCEPTRON = Architecture.mlp(IMAGE, List.of(5), Function.RELU, 2);
    private static final Architecture TANGENT = Architecture.mlp(IMAGE, List.of(5), Function.TANH, 2);

    @Test
    @DisplayName("is there for lists that its layers can do, and for no others")
    void lists() {
        Window three = new Window(3, 1, 1);
        Map<String, NetworkSpecification> others = new LinkedHashMap<>();
        others.put("elu", Architecture.mlp(IMAGE, List.of(5), Function.ELU, 2).encoder());
        others.put(
                "no layer before the heads", image(4).flatten().head("mean", 2).build());
        others.put(
                "another kernel",
                image(4).convolution(2, three)
                        .batchNormalization()
                        .activation(Function.RELU)
                        .build());
        others.put(
                "an odd map",
                image(5).convolution(2, Architecture.HALVING)
                        .batchNormalization()
                        .activation(Function.RELU)
                        .build());
        others.put(
                "no normalization",
                image(4).convolution(2, Architecture.HALVING)
                        .activation(Function.RELU)
                        .build());
        others.put(
                "normalized values",
                image(4).flatten().linear(3).batchNormalization().build());
        others.put(
                "another activation of a convolution",
                image(4).convolution(2, Architecture.HALVING)
                        .batchNormalization()
                        .activation(Function.ELU)
                        .build());
        others.put(
                "padding of the output",
                new NetworkBuilder("decoder.", List.of(2))
                        .linear(4)
                        .reshape(List.of(1, 2, 2))
                        .transposedConvolution(1, Architecture.HALVING, 1)
                        .build());
        others.put(
                "a function at the end",
                image(4).flatten().linear(3).activation(Function.SIGMOID).build());
        try (Engine<INDArray> engine = new Dl4jBackend().open()) {
            for (Architecture own : List.of(RECIPE, PERCEPTRON, TANGENT)) {
                assertTrue(engine.network(own.encoder()).isPresent(), own.toString());
                assertTrue(engine.network(own.decoder()).isPresent(), own.toString());
            }
            others.forEach((name, other) -> assertFalse(engine.network(other).isPresent(), name));
        }
    }

    private static NetworkBuilder image(int size) {
        return new NetworkBuilder("encoder.", List.of(1, size, size));
    }

    @Test
    @DisplayName("goes backward once from its latest pass, in training")
    void stalePass() {
        try (Engine<INDArray> engine = new Dl4jBackend().open();
                Network<INDArray> network = engine.network(PERCEPTRON.decoder()).orElseThrow();
                OperationScope scope = engine.operations().openScope()) {
            INDArray latents = engine.operations().constant(1, 3, 2);
            Network.Pass<INDArray> stale = network.forward(latents, Phase.TRAINING);
            Network.Pass<INDArray> latest = network.forward(latents, Phase.TRAINING);
            List<INDArray> gradients = List.of(engine.operations().constant(1, 3, 1, 4, 4));
            assertThrows(IllegalStateException.class, () -> stale.backward(gradients, true));
            latest.backward(gradients, true);
            assertThrows(IllegalStateException.class, () -> latest.backward(gradients, true));
            Network.Pass<INDArray> evaluated = network.forward(latents, Phase.EVALUATION);
            assertThrows(IllegalStateException.class, () -> evaluated.backward(gradients, true));
        }
    }

    @Test
    @DisplayName("is freed with its engine, once")
    void closed() {
        Engine<INDArray> engine = new Dl4jBackend().open();
        Network<INDArray> network = engine.network(RECIPE.encoder()).orElseThrow();
        INDArray parameters = network.parameters().get(0);
        engine.close();
        assertTrue(parameters.wasClosed());
        network.close();
        engine.close();
    }
}
