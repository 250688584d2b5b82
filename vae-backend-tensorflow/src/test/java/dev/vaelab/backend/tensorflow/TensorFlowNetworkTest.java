package dev.vaelab.backend.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkBuilder;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.TensorOperations;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A network in TensorFlow's graph, which is computed when somebody looks,")
class TensorFlowNetworkTest {
    private static final NetworkSpecification NORMALIZED =
            new NetworkBuilder("encoder.", List.of(3)).batchNormalization().build();

    private final float[] images = {1, 2, 3, 5, 8, 13};

    @Test
    @DisplayName("moves its statistics with each pass, whether or not anybody looks in between")
    void everyPassCounts() {
        assertArrayEquals(statisticsAfterThreePasses(true), statisticsAfterThreePasses(false));
    }

    private float[] statisticsAfterThreePasses(boolean looking) {
        try (Engine<GraphTensor> engine = open()) {
            return statisticsAfterThreePasses(engine, looking);
        }
    }

    private float[] statisticsAfterThreePasses(Engine<GraphTensor> engine, boolean looking) {
        TensorOperations<GraphTensor> operations = engine.operations();
        Network<GraphTensor> network = engine.network(NORMALIZED).orElseThrow();
        try (OperationScope scope = operations.openScope()) {
            GraphTensor input = operations.upload(images, 2, 3);
            for (int pass = 0; pass < 3; pass++) {
                GraphTensor output =
                        network.forward(input, Phase.TRAINING).outputs().get(0);
                if (looking) {
                    operations.download(output);
                }
            }
            GraphTensor evaluated =
                    network.forward(input, Phase.EVALUATION).outputs().get(0);
            float[] mean = network.statistics().values("encoder.bn1.running_mean");
            float[] seen = operations.download(evaluated);
            float[] both = Arrays.copyOf(mean, mean.length + seen.length);
            System.arraycopy(seen, 0, both, mean.length, seen.length);
            return both;
        }
    }

    @Test
    @DisplayName("has its derivatives also where its outputs were looked at before")
    void lookedAtBefore() {
        assertArrayEquals(derivative(true), derivative(false));
    }

    private float[] derivative(boolean looking) {
        try (Engine<GraphTensor> engine = open();
                OperationScope scope = engine.operations().openScope()) {
            Network<GraphTensor> network = engine.network(NORMALIZED).orElseThrow();
            engine.operations().write(network.parameters().get(0), new float[] {1, 2, 3});
            Network.Pass<GraphTensor> pass = network.forward(engine.operations().upload(images, 2, 3), Phase.TRAINING);
            if (looking) {
                engine.operations().download(pass.outputs().get(0));
            }
            GraphTensor gradient = engine.operations().upload(new float[] {1, 0, 0, 0, 1, 1}, 2, 3);
            return engine.operations()
                    .download(pass.backward(List.of(gradient), true).input());
        }
    }

    @Test
    @DisplayName("refuses an input whose scope is closed")
    void closedScope() {
        try (Engine<GraphTensor> engine = open()) {
            Network<GraphTensor> network = engine.network(NORMALIZED).orElseThrow();
            OperationScope closed = engine.operations().openScope();
            GraphTensor input = engine.operations().upload(images, 2, 3);
            closed.close();
            try (OperationScope scope = engine.operations().openScope()) {
                assertThrows(IllegalStateException.class, () -> network.forward(input, Phase.EVALUATION));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Engine<GraphTensor> open() {
        return (Engine<GraphTensor>) new TensorFlowBackend().open();
    }
}
