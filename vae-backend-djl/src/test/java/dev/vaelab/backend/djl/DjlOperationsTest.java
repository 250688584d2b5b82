package dev.vaelab.backend.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Operations")
class DjlOperationsTest {
    private static final int IMAGES = 2;
    private static final int IN = 3;
    private static final int OUT = 4;

    private NDManager manager;
    private DjlOperations operations;

    @BeforeEach
    void open() {
        manager = PyTorch.openManager();
        operations = new DjlOperations(manager, new TorchScriptModule(manager));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Operations of one square matrix. */
    private Map<String, UnaryOperator<NDArray>> ofMatrix() {
        Map<String, UnaryOperator<NDArray>> all = new LinkedHashMap<>();
        all.put("add", matrix -> operations.add(matrix, operations.constant(1)));
        all.put("multiply by a number", matrix -> operations.multiply(matrix, 0.5));
        all.put("greater", matrix -> operations.greater(matrix, operations.constant(0)));
        all.put("select", matrix -> operations.select(matrix, matrix, matrix));
        all.put("exp", operations::exp);
        all.put("log1p", operations::log1p);
        all.put("sum", matrix -> operations.sum(matrix, 0));
        all.put("sum over no axis", operations::sum);
        all.put("max", matrix -> operations.max(matrix, 1));
        all.put("max over no axis", operations::max);
        all.put("matmul", matrix -> operations.matmul(matrix, true, matrix, false));
        all.put("reshape", matrix -> operations.reshape(matrix, 4));
        all.put("transpose", matrix -> operations.transpose(matrix, 1, 0));
        all.put("broadcast", matrix -> operations.broadcast(matrix, 3, 2, 2));
        all.put("concatenate", matrix -> operations.concatenate(List.of(matrix, matrix), 1));
        all.put("slice", matrix -> operations.slice(matrix, 1, 0, 1));
        all.put("gather", matrix -> operations.gather(matrix, 1, 1));
        all.put("bernoulliLogDensity", matrix -> operations.bernoulliLogDensity(matrix, matrix));
        all.put("reparameterize", matrix -> operations.reparameterize(matrix, matrix, matrix));
        return all;
    }

    @Test
    @DisplayName("leave their result to the innermost scope, whatever their operands belong to")
    void innermostScope() {
        NDArray variable = operations.variable(new float[] {1, 2, 3, 4}, 2, 2);
        int held = manager.getManagedArrays().size();
        ofMatrix().forEach((name, operation) -> {
            try (OperationScope outer = operations.openScope()) {
                NDArray tensor = operations.upload(new float[] {1, 2, 3, 4}, 2, 2);
                NDManager outside = operations.innermost();
                int heldOutside = outside.getManagedArrays().size();
                NDArray ofVariable;
                try (OperationScope inner = operations.openScope()) {
                    ofVariable = operation.apply(variable);
                    assertSame(operations.innermost(), ofVariable.getManager(), name);
                    assertSame(operations.innermost(), operation.apply(tensor).getManager(), name);
                }
                assertTrue(ofVariable.isReleased(), name);
                assertFalse(tensor.isReleased(), name);
                assertEquals(heldOutside, outside.getManagedArrays().size(), name);
            }
            assertEquals(held, manager.getManagedArrays().size(), name);
        });
    }

    @Test
    @DisplayName("give what a later change of a variable does not change")
    void snapshots() {
        float[] values = {1, -2, 3, 4};
        ofMatrix().forEach((name, operation) -> {
            NDArray variable = operations.variable(values, 2, 2);
            try (OperationScope scope = operations.openScope()) {
                NDArray result = operation.apply(variable);
                float[] before = operations.download(result);
                operations.assign(variable, operations.constant(7, 2, 2));
                assertArrayEquals(before, operations.download(result), name);
            }
            operations.free(variable);
        });
    }

    @Test
    @DisplayName("need an open scope")
    void withoutScope() {
        NDArray variable = operations.variable(new float[4], 2, 2);
        int held = manager.getManagedArrays().size();

        ofMatrix()
                .forEach((name, operation) -> assertEquals(
                        "operations need an open scope",
                        assertThrows(IllegalStateException.class, () -> operation.apply(variable), name)
                                .getMessage()));
        assertThrows(IllegalStateException.class, () -> operations.upload(new float[1], 1));
        assertThrows(IllegalStateException.class, () -> operations.constant(1));
        assertEquals(held, manager.getManagedArrays().size());
    }

    @Test
    @DisplayName("of a scope that is closed with the one around it are freed with it")
    void outerScopeFirst() {
        OperationScope outer = operations.openScope();
        OperationScope inner = operations.openScope();
        NDArray tensor = operations.constant(1, 3);

        outer.close();
        inner.close();

        assertTrue(tensor.isReleased());
        assertThrows(IllegalStateException.class, () -> operations.constant(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("are not recorded for gradients, and leave their thread recording, or not, as it was")
    void restoresGradientMode(boolean recording) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(recording);
        try (OperationScope scope = operations.openScope()) {
            assertFalse(JniUtils.isGradMode());
        }
        assertEquals(recording, JniUtils.isGradMode());
        JniUtils.setGradMode(before);
    }

    @Test
    @DisplayName("say how many values a shape needs")
    void wrongNumberOfValues() {
        NDArray variable = operations.variable(new float[6], 2, 3);
        try (OperationScope scope = operations.openScope()) {
            for (IllegalArgumentException refusal : List.of(
                    assertThrows(IllegalArgumentException.class, () -> operations.upload(new float[5], 2, 3)),
                    assertThrows(IllegalArgumentException.class, () -> operations.variable(new float[5], 2, 3)),
                    assertThrows(IllegalArgumentException.class, () -> operations.write(variable, new float[5])))) {
                assertEquals("shape [2, 3] needs 6 values, found 5", refusal.getMessage());
            }
        }
    }

    static Stream<Arguments> windows() {
        return Stream.of(
                Arguments.of(new Window(5, 3, 2), 13, 11),
                Arguments.of(new Window(5, 3, 2), 14, 15),
                Arguments.of(new Window(4, 2, 1), 9, 8),
                Arguments.of(new Window(1, 3, 2), 7, 7),
                Arguments.of(new Window(2, 3, 0), 10, 11),
                Arguments.of(new Window(3, 2, 4), 6, 5),
                Arguments.of(new Window(3, 1, 0), 5, 6));
    }

    @ParameterizedTest
    @MethodSource("windows")
    @DisplayName("of convolution agree with plain loops, rows that the stride leaves over included")
    void convolutions(Window window, int height, int width) {
        int rows = window.positions(height);
        int columns = window.positions(width);
        int kernel = window.kernel();
        float[] input = noise(IMAGES * IN * height * width);
        float[] weight = noise(OUT * IN * kernel * kernel);
        float[] gradient = noise(IMAGES * OUT * rows * columns);
        double[] output = new double[gradient.length];
        double[] byInput = new double[input.length];
        double[] byWeight = new double[weight.length];
        for (int place = 0; place < output.length; place++) {
            int column = place % columns;
            int row = place / columns % rows;
            int out = place / (rows * columns) % OUT;
            int image = place / (rows * columns * OUT);
            for (int tap = 0; tap < IN * kernel * kernel; tap++) {
                int inputRow = row * window.stride() - window.padding() + tap / kernel % kernel;
                int inputColumn = column * window.stride() - window.padding() + tap % kernel;
                if (inputRow >= 0 && inputRow < height && inputColumn >= 0 && inputColumn < width) {
                    int in = tap / (kernel * kernel);
                    int pixel = ((image * IN + in) * height + inputRow) * width + inputColumn;
                    int factor = out * IN * kernel * kernel + tap;
                    output[place] += (double) input[pixel] * weight[factor];
                    byInput[pixel] += (double) gradient[place] * weight[factor];
                    byWeight[factor] += (double) gradient[place] * input[pixel];
                }
            }
        }

        try (OperationScope scope = operations.openScope()) {
            NDArray inputs = operations.upload(input, IMAGES, IN, height, width);
            NDArray weights = operations.upload(weight, OUT, IN, kernel, kernel);
            NDArray gradients = operations.upload(gradient, IMAGES, OUT, rows, columns);
            requireClose(output, operations.convolve(inputs, weights, window));
            requireClose(byInput, operations.convolveByInput(gradients, weights, window, height, width));
            requireClose(byWeight, operations.convolveByWeight(inputs, gradients, window));
        }
    }

    private void requireClose(double[] expected, NDArray found) {
        float[] values = operations.download(found);
        assertEquals(expected.length, values.length);
        for (int index = 0; index < values.length; index++) {
            assertEquals(expected[index], values[index], 1e-5 * (1 + Math.abs(expected[index])));
        }
    }

    private static float[] noise(int size) {
        Random random = new Random(size);
        float[] values = new float[size];
        for (int index = 0; index < size; index++) {
            values[index] = (float) random.nextGaussian();
        }
        return values;
    }
}
