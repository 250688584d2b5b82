package dev.vaelab.backend.dl4j.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.vaelab.backend.dl4j.operation.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("The transposed convolution")
class TransposedConvolutionTest {
    private static final int IMAGES = 2;
    private static final int HEIGHT = 3;
    private static final int WIDTH = 2;
    private static final int IN = 3;
    private static final int OUT = 2;

    @Test
    @DisplayName("spreads each input value over a 4x4 patch of the output, as its definition says")
    void forward() {
        LayerDefinition definition = TransposedConvolution.definition(IN, OUT, false);
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .graphBuilder()
                .addInputs("in")
                .addLayer("deconv", definition, "in")
                .setOutputs("deconv")
                .build());
        graph.init();
        float[] input = uniform(IMAGES * HEIGHT * WIDTH * IN, 1);
        float[] weight = uniform(IN * OUT * 16, 2);
        float[] bias = uniform(OUT, 3);
        definition
                .parameters()
                .get(ModelLayer.WEIGHT)
                .write(weight, Arrays.floats(graph.getLayer("deconv").getParam("weight")));
        definition
                .parameters()
                .get(ModelLayer.BIAS)
                .write(bias, Arrays.floats(graph.getLayer("deconv").getParam("bias")));
        try (INDArray images = Arrays.of(input, IMAGES, HEIGHT, WIDTH, IN)) {
            INDArray output = graph.feedForward(List.of(images).toArray(INDArray[]::new), false, false)
                    .get("deconv");
            assertArrayEquals(expected(input, weight, bias), Arrays.values(output), 1e-5f);
        } finally {
            graph.getLayer("deconv").close();
            graph.params().close();
        }
    }

    private static float[] expected(float[] input, float[] weight, float[] bias) {
        double[] output = new double[IMAGES * 2 * HEIGHT * 2 * WIDTH * OUT];
        for (int index = 0; index < output.length; index++) {
            output[index] = bias[index % OUT];
        }
        for (int image = 0; image < IMAGES; image++) {
            for (int row = 0; row < HEIGHT; row++) {
                for (int column = 0; column < WIDTH; column++) {
                    for (int in = 0; in < IN; in++) {
                        double value = input[((image * HEIGHT + row) * WIDTH + column) * IN + in];
                        spread(value, image, row, column, in, weight, output);
                    }
                }
            }
        }
        float[] rounded = new float[output.length];
        for (int index = 0; index < output.length; index++) {
            rounded[index] = (float) output[index];
        }
        return rounded;
    }

    private static void spread(double value, int image, int row, int column, int in, float[] weight, double[] output) {
        for (int out = 0; out < OUT; out++) {
            for (int kernelRow = 0; kernelRow < 4; kernelRow++) {
                for (int kernelColumn = 0; kernelColumn < 4; kernelColumn++) {
                    int outRow = 2 * row + kernelRow - 1;
                    int outColumn = 2 * column + kernelColumn - 1;
                    if (outRow >= 0 && outRow < 2 * HEIGHT && outColumn >= 0 && outColumn < 2 * WIDTH) {
                        int target = ((image * 2 * HEIGHT + outRow) * 2 * WIDTH + outColumn) * OUT + out;
                        output[target] += value * weight[((in * OUT + out) * 4 + kernelRow) * 4 + kernelColumn];
                    }
                }
            }
        }
    }

    private static float[] uniform(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int index = 0; index < size; index++) {
            values[index] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }
}
