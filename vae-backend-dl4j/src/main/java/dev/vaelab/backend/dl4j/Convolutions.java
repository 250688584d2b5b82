package dev.vaelab.backend.dl4j;

import dev.vaelab.api.tensor.Window;
import dev.vaelab.backend.dl4j.operation.BoundOperations;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolutions of any window, with channels first, as the canonical tensors lie.
 *
 * <p>Each of the engine's operations that is used here was tried against plain loops, with strides that leave rows over, paddings
 * as wide as the kernel and maps of one pixel.
 */
final class Convolutions {
    private final Scopes scopes;
    private final BoundOperations engine;

    /**
     * Makes the operations.
     *
     * @param scopes own what they compute
     */
    Convolutions(Scopes scopes, BoundOperations engine) {
        this.scopes = scopes;
        this.engine = engine;
    }

    /** See {@link dev.vaelab.api.tensor.TensorOperations#convolve}. */
    INDArray convolve(INDArray input, INDArray weight, Window window) {
        INDArray result = scopes.allocate(
                input.size(0), weight.size(0), positions(input, 2, window), positions(input, 3, window));
        return engine.run("conv2d", List.of(input, weight), result, geometry(window));
    }

    /** See {@link dev.vaelab.api.tensor.TensorOperations#convolveByInput}. */
    INDArray byInput(INDArray gradient, INDArray weight, Window window, int height, int width) {
        INDArray result = scopes.allocate(gradient.size(0), weight.size(1), height, width);
        if (reaches(gradient, 2, window, height) && reaches(gradient, 3, window, width)) {
            return engine.run("deconv2d", List.of(gradient, weight), result, geometry(window));
        }
        // The engine's transposed convolution knows no rows that a stride leaves over. What it convolved does not
        // count.
        INDArray input = scopes.allocate(result.shape());
        gradients(input, weight, gradient, result, scopes.allocate(weight.shape()), window);
        return result;
    }

    /** See {@link dev.vaelab.api.tensor.TensorOperations#convolveByWeight}. */
    INDArray byWeight(INDArray input, INDArray gradient, Window window) {
        INDArray result = scopes.allocate(gradient.size(1), input.size(1), window.kernel(), window.kernel());
        // Which weight is convolved with does not count.
        INDArray weight = scopes.allocate(result.shape());
        gradients(input, weight, gradient, scopes.allocate(input.shape()), result, window);
        return result;
    }

    private void gradients(
            INDArray input, INDArray weight, INDArray gradient, INDArray byInput, INDArray byWeight, Window window) {
        engine.run("conv2d_bp", List.of(input, weight, gradient), List.of(byInput, byWeight), geometry(window));
    }

    private static long positions(INDArray input, int axis, Window window) {
        return window.positions(Math.toIntExact(input.size(axis)));
    }

    private static boolean reaches(INDArray gradient, int axis, Window window, int length) {
        return window.reach(Math.toIntExact(gradient.size(axis))) == length;
    }

    private static long[] geometry(Window window) {
        long kernel = window.kernel();
        long stride = window.stride();
        long padding = window.padding();
        // Then: no dilation, padding by these numbers, channels first, and weights with rows and columns last.
        return new long[] {kernel, kernel, stride, stride, padding, padding, 1, 1, 0, 0, 1};
    }
}
