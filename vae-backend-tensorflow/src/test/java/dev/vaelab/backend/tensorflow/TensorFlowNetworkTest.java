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
import dev.vaelab.training.network.ComposedNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
        try (TensorFlowEngine engine = new TensorFlowEngine()) {
            return statisticsAfterThreePasses(engine, looking);
        }
    }

    private <T> float[] statisticsAfterThreePasses(Engine<T> engine, boolean looking) {
        TensorOperations<T> operations = engine.operations();
        try (Network<T> network = new ComposedNetwork<>(operations, NORMALIZED);
                OperationScope scope = operations.openScope()) {
            T input = operations.upload(images, 2, 3);
            for (int pass = 0; pass < 3; pass++) {
                T output = network.forward(input, Phase.TRAINING).outputs().get(0);
                if (looking) {
                    operations.download(output);
                }
            }
            T evaluated = network.forward(input, Phase.EVALUATION).outputs().get(0);
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
        Function<Boolean, float[]> derivative = looking -> {
            try (TensorFlowEngine engine = new TensorFlowEngine()) {
                return derivative(engine, looking);
            }
        };
        assertArrayEquals(derivative.apply(true), derivative.apply(false));
    }

    private <T> float[] derivative(Engine<T> engine, boolean looking) {
        TensorOperations<T> operations = engine.operations();
        try (Network<T> network = new ComposedNetwork<>(operations, NORMALIZED);
                OperationScope scope = operations.openScope()) {
            operations.write(network.parameters().get(0), new float[] {1, 2, 3});
            Network.Pass<T> pass = network.forward(operations.upload(images, 2, 3), Phase.TRAINING);
            if (looking) {
                operations.download(pass.outputs().get(0));
            }
            T gradient = operations.upload(new float[] {1, 0, 0, 0, 1, 1}, 2, 3);
            return operations.download(pass.backward(List.of(gradient), true).input());
        }
    }

    @Test
    @DisplayName("refuses an input whose scope is closed")
    void closedScope() {
        try (TensorFlowEngine engine = new TensorFlowEngine()) {
            refusesClosed(engine);
        }
    }

    private <T> void refusesClosed(Engine<T> engine) {
        TensorOperations<T> operations = engine.operations();
        try (Network<T> network = new ComposedNetwork<>(operations, NORMALIZED)) {
            OperationScope closed = operations.openScope();
            T input = operations.upload(images, 2, 3);
            closed.close();
            try (OperationScope scope = operations.openScope()) {
                assertThrows(IllegalStateException.class, () -> network.forward(input, Phase.EVALUATION));
            }
        }
    }
}
