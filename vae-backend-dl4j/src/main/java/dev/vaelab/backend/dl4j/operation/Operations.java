package dev.vaelab.backend.dl4j.operation;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The operations that the model is made of, by what they do.
 *
 * <p>Chosen by measurement, for float32 arrays in row-major order. Images lie as [images, rows, columns, channels]:
 * oneDNN's convolutions are fastest so, and a statistic of a channel is a sum over the rows of a matrix.
 */
public final class Operations {
    private static final long KERNEL = 4;
    private static final long STRIDE = 2;
    private static final long PADDING = 1;
    private static final long CHANNELS_LAST = 1;
    private static final long CHANNEL_AXIS = 3;

    /** How libnd4j names the order in which a weight's rows and columns come before its channels. */
    private static final long ROWS_AND_COLUMNS_FIRST = 0;

    private Operations() {}

    /**
     * out = left * right, matrices.
     *
     * @param transposeLeft whether left lies transposed
     * @param transposeRight whether right lies transposed
     */
    public static Operation matrixProduct(
            INDArray left, boolean transposeLeft, INDArray right, boolean transposeRight, INDArray out) {
        return new Operation("matmul", List.of(left, right), List.of(out))
                .integers(transposeLeft ? 1 : 0, transposeRight ? 1 : 0, 0);
    }

    /** out = array + row for each row of the array; out may be the array. */
    public static Operation addRow(INDArray array, INDArray row, INDArray out) {
        return new Operation("biasadd", List.of(array, row), List.of(out));
    }

    /** out = left + right, element by element; out may be one of them. */
    public static Operation sum(INDArray left, INDArray right, INDArray out) {
        return new Operation("add", List.of(left, right), List.of(out));
    }

    /** out = left * right, element by element; out may be one of them. */
    public static Operation product(INDArray left, INDArray right, INDArray out) {
        return new Operation("multiply", List.of(left, right), List.of(out));
    }

    /**
     * out = scale * (images - mean) / sqrt(variance + epsilon) + shift, channel by channel.
     *
     * @param images [images, rows, columns, channels]
     */
    public static Operation normalize(
            INDArray images,
            INDArray mean,
            INDArray variance,
            INDArray scale,
            INDArray shift,
            double epsilon,
            INDArray out) {
        return new Operation("batchnorm", List.of(images, mean, variance, scale, shift), List.of(out))
                .integers(1, 1, CHANNEL_AXIS)
                .numbers(epsilon);
    }

    /**
     * The model's convolution: kernel 4, stride 2, padding 1.
     *
     * @param images [images, rows, columns, in]
     * @param weight [4, 4, in, out]
     * @param bias [out]
     * @param out [images, rows / 2, columns / 2, out]
     */
    public static Operation convolution(INDArray images, INDArray weight, INDArray bias, INDArray out) {
        return new Operation("conv2d", List.of(images, weight, bias), List.of(out)).integers(halvingGeometry());
    }

    /**
     * The gradients of {@link #convolution}, or of {@link #transposedConvolution} and a bias.
     *
     * @param transposed of which of them
     * @param outGradient gradient by the output
     * @param imagesGradient receives the gradient by the images that went in
     * @param weightGradient receives the gradient by the weight
     * @param biasGradient receives the gradient by the bias
     */
    public static Operation convolutionGradients(
            boolean transposed,
            INDArray images,
            INDArray weight,
            INDArray bias,
            INDArray outGradient,
            INDArray imagesGradient,
            INDArray weightGradient,
            INDArray biasGradient) {
        return new Operation(
                        transposed ? "deconv2d_bp" : "conv2d_bp",
                        List.of(images, weight, bias, outGradient),
                        List.of(imagesGradient, weightGradient, biasGradient))
                .integers(halvingGeometry());
    }

    /**
     * The model's transposed convolution without its bias: kernel 4, stride 2, padding 1.
     *
     * <p>The fastest operation for it gives wrong results, without a word, where the images are not square.
     *
     * @param images [images, rows, columns, in]
     * @param weight [4, 4, out, in]
     * @param outShape the shape of out as an array, which stays the caller's
     * @param out [images, 2 rows, 2 columns, out]
     */
    public static Operation transposedConvolution(INDArray images, INDArray weight, INDArray outShape, INDArray out) {
        Operation operation = images.size(1) == images.size(2)
                ? new Operation("deconv2d_tf", List.of(outShape, weight, images), List.of(out))
                : new Operation("deconv2d", List.of(images, weight), List.of(out));
        return operation.integers(halvingGeometry());
    }

    /**
     * images = the sum of all {@link Patches} of images, each at its place.
     *
     * @param patches [images, channels, 4, 4, rows / 2, columns / 2], a view in any order
     * @param images [images, channels, rows, columns], a view in any order
     */
    public static Operation sumOfPatches(INDArray patches, INDArray images) {
        return new Operation("col2im", List.of(patches), List.of(images))
                .integers(STRIDE, STRIDE, PADDING, PADDING, images.size(2), images.size(3), 1, 1, 0);
    }

    private static long[] halvingGeometry() {
        return new long[] {
            KERNEL, KERNEL, STRIDE, STRIDE, PADDING, PADDING, 1, 1, 0, CHANNELS_LAST, ROWS_AND_COLUMNS_FIRST
        };
    }
}
