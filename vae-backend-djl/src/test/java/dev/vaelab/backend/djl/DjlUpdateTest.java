package dev.vaelab.backend.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.tensor.OperationScope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An update")
class DjlUpdateTest {
    private NDManager manager;
    private TorchScriptModule module;
    private DjlOperations operations;
    private OperationScope scope;

    @BeforeEach
    void open() {
        manager = PyTorch.openManager();
        module = new TorchScriptModule(manager);
        operations = new DjlOperations(manager, module);
        scope = operations.openScope();
    }

    @AfterEach
    void close() {
        scope.close();
        manager.close();
    }

    @Test
    @DisplayName("by Adam takes gradients in row-major order, whatever the order in memory")
    void gradientsInAnyOrder() {
        NDArray weight = operations.variable(new float[6], 2, 3);
        Map<String, List<NDArray>> slots = Map.of(
                OptimizerSettings.Adam.FIRST_MOMENT, List.of(operations.variable(new float[6], 2, 3)),
                OptimizerSettings.Adam.SECOND_MOMENT, List.of(operations.variable(new float[6], 2, 3)));
        NDArray gradient = operations.transpose(operations.upload(new float[] {1, -2, 3, -4, 5, -6}, 3, 2), 1, 0);
        NDArray repeated = operations.broadcast(operations.upload(new float[] {1, -1}, 2, 1), 2, 3);

        try (DjlUpdate update = new DjlUpdate(module, new OptimizerSettings.Adam(0, 0, 0, 0))) {
            update.apply(List.of(weight), List.of(gradient), slots, 1, 1);
            assertArrayEquals(new float[] {-1, -1, -1, 1, 1, 1}, weight.toFloatArray());
            assertArrayEquals(
                    new float[] {1, 3, 5, -2, -4, -6},
                    slots.get(OptimizerSettings.Adam.FIRST_MOMENT).get(0).toFloatArray());
            update.apply(List.of(weight), List.of(repeated), slots, 2, 1);
        }

        assertArrayEquals(new float[] {-2, -2, -2, 2, 2, 2}, weight.toFloatArray());
    }

    @Test
    @DisplayName("follows when it is given other lists than before")
    void otherLists() {
        NDArray one = operations.variable(new float[] {1}, 1);
        NDArray other = operations.variable(new float[] {1}, 1);
        Map<String, List<NDArray>> slots =
                Map.of(OptimizerSettings.Sgd.VELOCITY, List.of(operations.variable(new float[1], 1)));
        List<NDArray> gradients = List.of(operations.constant(1, 1));

        try (DjlUpdate update = new DjlUpdate(module, new OptimizerSettings.Sgd(0))) {
            update.apply(List.of(one), gradients, slots, 1, 0.5);
            update.apply(List.of(other), gradients, slots, 2, 0.25);
        }

        assertArrayEquals(new float[] {0.5f}, one.toFloatArray());
        assertArrayEquals(new float[] {0.75f}, other.toFloatArray());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    @DisplayName("by Adam follows the published algorithm, with weight decay and without")
    void adam(double weightDecay) {
        OptimizerSettings.Adam settings = new OptimizerSettings.Adam(0.8, 0.95, 1e-3, weightDecay);
        double learningRate = 0.01;
        double[] weight = {0.5, -1, 2, 0};
        double[] first = new double[4];
        double[] second = new double[4];
        NDArray engineWeight = operations.variable(toFloats(weight), 4);
        NDArray engineFirst = operations.variable(toFloats(first), 4);
        NDArray engineSecond = operations.variable(toFloats(second), 4);

        List<NDArray> weights = List.of(engineWeight);
        Map<String, List<NDArray>> slots = Map.of(
                OptimizerSettings.Adam.FIRST_MOMENT, List.of(engineFirst),
                OptimizerSettings.Adam.SECOND_MOMENT, List.of(engineSecond));
        try (DjlUpdate update = new DjlUpdate(module, settings)) {
            for (int step = 1; step <= 5; step++) {
                double[] gradient = gradient(step);
                update.apply(weights, List.of(operations.upload(toFloats(gradient), 4)), slots, step, learningRate);
                for (int index = 0; index < 4; index++) {
                    first[index] = 0.8 * first[index] + 0.2 * gradient[index];
                    second[index] = 0.95 * second[index] + 0.05 * gradient[index] * gradient[index];
                    double correctedFirst = first[index] / (1 - Math.pow(0.8, step));
                    double correctedSecond = second[index] / (1 - Math.pow(0.95, step));
                    weight[index] *= 1 - learningRate * weightDecay;
                    weight[index] -= learningRate * correctedFirst / (Math.sqrt(correctedSecond) + 1e-3);
                }
            }
        }

        assertArrayEquals(toFloats(weight), engineWeight.toFloatArray(), 1e-6f);
        assertArrayEquals(toFloats(first), engineFirst.toFloatArray(), 1e-6f);
        assertArrayEquals(toFloats(second), engineSecond.toFloatArray(), 1e-6f);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9})
    @DisplayName("by stochastic gradient descent adds up a velocity, which is the gradient where there is no momentum")
    void sgd(double momentum) {
        double learningRate = 0.01;
        double[] weight = {0.5, -1, 2, 0};
        double[] velocity = new double[4];
        NDArray engineWeight = operations.variable(toFloats(weight), 4);
        NDArray engineVelocity = operations.variable(toFloats(velocity), 4);

        List<NDArray> weights = List.of(engineWeight);
        Map<String, List<NDArray>> slots = Map.of(OptimizerSettings.Sgd.VELOCITY, List.of(engineVelocity));
        try (DjlUpdate update = new DjlUpdate(module, new OptimizerSettings.Sgd(momentum))) {
            for (int step = 1; step <= 5; step++) {
                double[] gradient = gradient(step);
                update.apply(weights, List.of(operations.upload(toFloats(gradient), 4)), slots, step, learningRate);
                for (int index = 0; index < 4; index++) {
                    velocity[index] = momentum * velocity[index] + gradient[index];
                    weight[index] -= learningRate * velocity[index];
                }
            }
        }

        assertArrayEquals(toFloats(weight), engineWeight.toFloatArray(), 1e-6f);
        assertArrayEquals(toFloats(velocity), engineVelocity.toFloatArray(), 1e-5f);
    }

    private static double[] gradient(int step) {
        return new double[] {0.1 * step, -3, 1e-4, step % 2};
    }

    private static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            floats[index] = (float) values[index];
        }
        return floats;
    }
}
