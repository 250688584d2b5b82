package dev.vaelab.backend.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.backend.OptimizerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An operator")
class TorchOperatorsTest {
    private NDManager manager;
    private TorchOperators operators;
    private DjlTensorScope scope;

    @BeforeEach
    void open() {
        manager = DjlEngine.openManager();
        operators = new TorchOperators(manager);
        scope = new DjlTensorScope(manager, true);
    }

    @AfterEach
    void close() {
        scope.close();
        manager.close();
    }

    @Test
    @DisplayName("of gradients gives values in row-major order, whatever the order in memory")
    void gradientsInRowMajorOrder() {
        NDArray weight = scope.upload(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        weight.setRequiresGradient(true);
        NDArray factors = scope.upload(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);

        try (IValue weights = IValue.listFrom((PtNDArray) weight)) {
            NDArray loss = weight.transpose().mul(factors).sum();
            PtNDArray gradient = operators.gradients(loss, weights)[0];

            float[] inMemory = new float[6];
            gradient.toByteBuffer(true).asFloatBuffer().get(inMemory);
            assertArrayEquals(new float[] {1, 3, 5, 2, 4, 6}, inMemory);
        }
    }

    @Test
    @DisplayName("of Adam follows the published algorithm")
    void adam() {
        OptimizerSettings.Adam settings = new OptimizerSettings.Adam(0.8, 0.95, 1e-3, 0);
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
                double[] gradient = {0.1 * step, -3, 1e-4, step % 2};
                PtNDArray[] gradients = {(PtNDArray) scope.upload(toFloats(gradient), 4)};
                operators.adam(weights, gradients, firstMoments, secondMoments, step, learningRate, settings);
                for (int index = 0; index < 4; index++) {
                    first[index] = 0.8 * first[index] + 0.2 * gradient[index];
                    second[index] = 0.95 * second[index] + 0.05 * gradient[index] * gradient[index];
                    double correctedFirst = first[index] / (1 - Math.pow(0.8, step));
                    double correctedSecond = second[index] / (1 - Math.pow(0.95, step));
                    weight[index] -= learningRate * correctedFirst / (Math.sqrt(correctedSecond) + 1e-3);
                }
            }
        }

        assertArrayEquals(toFloats(weight), engineWeight.toFloatArray(), 1e-6f);
        assertArrayEquals(toFloats(first), engineFirst.toFloatArray(), 1e-6f);
        assertArrayEquals(toFloats(second), engineSecond.toFloatArray(), 1e-6f);
    }

    private static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            floats[index] = (float) values[index];
        }
        return floats;
    }
}
