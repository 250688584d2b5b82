package dev.vaelab.backend.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("The convolutions of the engine")
class ConvolutionsTest {
    private static final int GEOMETRIES = 150;

    /** Sizes of a convolution. */
    private record Geometry(Window window, int images, int in, int out, int height, int width) {
        static Geometry draw(SplittableRandom random) {
            Geometry drawn;
            do {
                drawn = new Geometry(
                        new Window(random.nextInt(1, 6), random.nextInt(1, 4), random.nextInt(0, 4)),
                        random.nextInt(1, 4),
                        random.nextInt(1, 5),
                        random.nextInt(1, 5),
                        random.nextInt(1, 10),
                        random.nextInt(1, 10));
            } while (drawn.rows() < 1 || drawn.columns() < 1);
            return drawn;
        }

        int rows() {
            return window.positions(height);
        }

        int columns() {
            return window.positions(width);
        }
    }

    /** A pair of a value that goes in and one that comes out, and the weight between them. */
    @FunctionalInterface
    private interface Product {
        void add(int input, int weight, int output);
    }

    private static void forEachProduct(Geometry sizes, Product product) {
        Window window = sizes.window();
        int kernel = window.kernel();
        for (int image = 0; image < sizes.images(); image++) {
            for (int out = 0; out < sizes.out(); out++) {
                for (int row = 0; row < sizes.rows(); row++) {
                    for (int column = 0; column < sizes.columns(); column++) {
                        int output = ((image * sizes.out() + out) * sizes.rows() + row) * sizes.columns() + column;
                        for (int place = 0; place < sizes.in() * kernel * kernel; place++) {
                            int y = row * window.stride() + place / kernel % kernel - window.padding();
                            int x = column * window.stride() + place % kernel - window.padding();
                            if (y >= 0 && y < sizes.height() && x >= 0 && x < sizes.width()) {
                                int channel = image * sizes.in() + place / kernel / kernel;
                                product.add(
                                        (channel * sizes.height() + y) * sizes.width() + x,
                                        out * sizes.in() * kernel * kernel + place,
                                        output);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("and their derivatives are those of plain loops, whatever kernel, stride and padding leave over")
    void plainLoops() {
        SplittableRandom random = new SplittableRandom(12);
        try (Engine<INDArray> engine = new Dl4jBackend().open()) {
            for (int number = 0; number < GEOMETRIES; number++) {
                requirePlainLoops(engine.operations(), Geometry.draw(random), random);
            }
        }
    }

    private static void requirePlainLoops(
            TensorOperations<INDArray> operations, Geometry sizes, SplittableRandom random) {
        int kernel = sizes.window().kernel();
        int[] inputShape = {sizes.images(), sizes.in(), sizes.height(), sizes.width()};
        int[] weightShape = {sizes.out(), sizes.in(), kernel, kernel};
        int[] outputShape = {sizes.images(), sizes.out(), sizes.rows(), sizes.columns()};
        float[] input = uniform(random, inputShape);
        float[] weight = uniform(random, weightShape);
        float[] gradient = uniform(random, outputShape);
        double[] output = new double[gradient.length];
        double[] byInput = new double[input.length];
        double[] byWeight = new double[weight.length];
        forEachProduct(sizes, (in, between, out) -> {
            output[out] += (double) input[in] * weight[between];
            byInput[in] += (double) gradient[out] * weight[between];
            byWeight[between] += (double) gradient[out] * input[in];
        });
        try (OperationScope scope = operations.openScope()) {
            INDArray images = operations.upload(input, inputShape);
            INDArray weights = operations.upload(weight, weightShape);
            INDArray gradients = operations.upload(gradient, outputShape);
            Window window = sizes.window();
            require(sizes, output, operations.download(operations.convolve(images, weights, window)));
            require(
                    sizes,
                    byInput,
                    operations.download(
                            operations.convolveByInput(gradients, weights, window, sizes.height(), sizes.width())));
            require(sizes, byWeight, operations.download(operations.convolveByWeight(images, gradients, window)));
        }
    }

    private static void require(Geometry sizes, double[] expected, float[] found) {
        float[] rounded = new float[expected.length];
        for (int index = 0; index < rounded.length; index++) {
            rounded[index] = (float) expected[index];
        }
        assertArrayEquals(rounded, found, 1e-4f, sizes.toString());
    }

    private static float[] uniform(SplittableRandom random, int[] shape) {
        float[] values = new float[Shapes.size(shape)];
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
