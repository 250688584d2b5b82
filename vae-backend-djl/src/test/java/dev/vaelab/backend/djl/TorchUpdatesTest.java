package dev.vaelab.backend.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.backend.OptimizerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An update")
class TorchUpdatesTest {
    private NDManager manager;
    private TorchUpdates updates;
    private DjlTensorScope scope;

    @BeforeEach
    void open() {
        manager = DjlEngine.openManager();
        updates = new TorchUpdates(new TorchScriptModule(manager));
        scope = new DjlTensorScope(manager, true);
    }

    @AfterEach
    void close() {
        scope.close();
        manager.close();
    }

    @Test
    @DisplayName("gets gradients in row-major order, whatever the order in memory")
    void gradientsInRowMajorOrder() {
        NDArray weight = scope.upload(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        weight.setRequiresGradient(true);
        NDArray factors = scope.upload(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);

        NDArray loss = weight.transpose().mul(factors).sum();
        try (IValue weights = IValue.listFrom((PtNDArray) weight);
                IValue gradients = updates.gradients(loss, weights)) {
            PtNDArray gradient = scope.tensors(gradients)[0];

            float[] inMemory = new float[6];
            gradient.toByteBuffer(true).asFloatBuffer().get(inMemory);
            assertArrayEquals(new float[] {1, 3, 5, 2, 4, 6}, inMemory);
        }
    }

    @Test
    @DisplayName("knows the length of tensors together, and scales all of them")
    void lengthAndScale() {
        NDArray one = scope.upload(new float[] {1, 4}, 2);
        NDArray other = scope.upload(new float[] {8}, 1);

        try (IValue tensors = IValue.listFrom((PtNDArray) one, (PtNDArray) other)) {
            assertEquals(9, updates.length(tensors));
            updates.scale(tensors, 0.5);
        }

        assertArrayEquals(new float[] {0.5f, 2}, one.toFloatArray());
        assertArrayEquals(new float[] {4}, other.toFloatArray());
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
        PtNDArray engineWeight = (PtNDArray) scope.upload(toFloats(weight), 4);
        PtNDArray engineFirst = (PtNDArray) scope.upload(toFloats(first), 4);
        PtNDArray engineSecond = (PtNDArray) scope.upload(toFloats(second), 4);

        try (IValue weights = IValue.listFrom(engineWeight);
                IValue firstMoments = IValue.listFrom(engineFirst);
                IValue secondMoments = IValue.listFrom(engineSecond)) {
            for (int step = 1; step <= 5; step++) {
                double[] gradient = gradient(step);
                try (IValue gradients = IValue.listFrom((PtNDArray) scope.upload(toFloats(gradient), 4))) {
                    updates.adam(weights, gradients, firstMoments, secondMoments, step, learningRate, settings);
                }
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
        PtNDArray engineWeight = (PtNDArray) scope.upload(toFloats(weight), 4);
        PtNDArray engineVelocity = (PtNDArray) scope.upload(toFloats(velocity), 4);

        try (IValue weights = IValue.listFrom(engineWeight);
                IValue velocities = IValue.listFrom(engineVelocity)) {
            for (int step = 1; step <= 5; step++) {
                double[] gradient = gradient(step);
                try (IValue gradients = IValue.listFrom((PtNDArray) scope.upload(toFloats(gradient), 4))) {
                    updates.sgd(weights, gradients, velocities, learningRate, new OptimizerSettings.Sgd(momentum));
                }
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
