package dev.vaelab.backend.dl4j.operation;

import java.util.List;
import java.util.stream.LongStream;
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

    /** out = left - right, element by element; out may be one of them. */
    public static Operation difference(INDArray left, INDArray right, INDArray out) {
        return new Operation("subtract", List.of(left, right), List.of(out));
    }

    /** out = left * right, element by element; out may be one of them. */
    public static Operation product(INDArray left, INDArray right, INDArray out) {
        return new Operation("multiply", List.of(left, right), List.of(out));
    }

    /** out = factor * left + right, element by element; out may be one of them. */
    public static ScaledSum scaledSum(INDArray left, INDArray right, INDArray out) {
        // Whatever its name promises, the operation multiplies its second input.
        return new ScaledSum(new Operation("axpy", List.of(right, left), List.of(out)));
    }

    /**
     * sums = for each entry of the array's first axis, the sum of everything behind it.
     *
     * @param sums as long as the array's first axis
     */
    public static Operation sumOfEach(INDArray array, INDArray sums) {
        return new Operation("reduce_sum", List.of(array), List.of(sums))
                .integers(LongStream.range(1, array.rank()).toArray());
    }

    /** array = max(array, 0). */
    public static Operation rectify(INDArray array) {
        return new Operation("relu", List.of(array), List.of(array)).numbers(0);
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
        return new Operation("conv2d", List.of(images, weight, bias), List.of(out))
                .integers(halvingGeometry(WeightOrder.ROWS_COLUMNS_IN_OUT));
    }

    /**
     * The gradients of {@link #convolution}.
     *
     * @param outGradient gradient by the convolution's output
     * @param imagesGradient receives the gradient by its images
     * @param weightGradient receives the gradient by its weight
     * @param biasGradient receives the gradient by its bias
     */
    public static Operation convolutionGradients(
            INDArray images,
            INDArray weight,
            INDArray bias,
            INDArray outGradient,
            INDArray imagesGradient,
            INDArray weightGradient,
            INDArray biasGradient) {
        return new Operation(
                        "conv2d_bp",
                        List.of(images, weight, bias, outGradient),
                        List.of(imagesGradient, weightGradient, biasGradient))
                .integers(halvingGeometry(WeightOrder.ROWS_COLUMNS_IN_OUT));
    }

    /**
     * A convolution with kernel 2, stride 1 and padding 1, whose output has one row and one column more than its input.
     *
     * @param images [images, rows, columns, in]
     * @param weight [2, 2, in, out]
     * @param bias [out]
     * @param out [images, rows + 1, columns + 1, out]
     */
    public static Operation smallConvolution(INDArray images, INDArray weight, INDArray bias, INDArray out) {
        return new Operation("conv2d", List.of(images, weight, bias), List.of(out))
                .integers(2, 2, 1, 1, 1, 1, 1, 1, 0, CHANNELS_LAST, WeightOrder.ROWS_COLUMNS_IN_OUT.code);
    }

    /**
     * The gradients of the model's transposed convolution: kernel 4, stride 2, padding 1.
     *
     * @param images the transposed convolution's input, [images, rows, columns, in]
     * @param weight [in, 4, 4, out]
     * @param bias [out]
     * @param outGradient gradient by its output, [images, 2 rows, 2 columns, out]
     * @param imagesGradient receives the gradient by its input
     * @param weightGradient receives the gradient by its weight
     * @param biasGradient receives the gradient by its bias
     */
    public static Operation transposedConvolutionGradients(
            INDArray images,
            INDArray weight,
            INDArray bias,
            INDArray outGradient,
            INDArray imagesGradient,
            INDArray weightGradient,
            INDArray biasGradient) {
        return new Operation(
                        "deconv2d_bp",
                        List.of(images, weight, bias, outGradient),
                        List.of(imagesGradient, weightGradient, biasGradient))
                .integers(halvingGeometry(WeightOrder.IN_ROWS_COLUMNS_OUT));
    }

    /**
     * Adam's update: moments move, and update = rate * firstMoment / (sqrt(secondMoment) + epsilon).
     *
     * <p>The operation's own correction of the bias of the moments is switched off, by claiming a step so late that it is
     * 1: its epsilon would come inside the corrected root. Whoever calls puts the correction into rate and epsilon.
     */
    public static AdamUpdate adamUpdate(
            INDArray gradient, INDArray firstMoment, INDArray secondMoment, INDArray update) {
        return new AdamUpdate(new Operation(
                        "adam_updater",
                        List.of(gradient, secondMoment, firstMoment),
                        List.of(update, secondMoment, firstMoment))
                .integers(AdamUpdate.LATE_STEP));
    }

    private static long[] halvingGeometry(WeightOrder order) {
        return new long[] {KERNEL, KERNEL, STRIDE, STRIDE, PADDING, PADDING, 1, 1, 0, CHANNELS_LAST, order.code};
    }

    /** How libnd4j names the orders in which a convolution's weight may lie. */
    private enum WeightOrder {
        ROWS_COLUMNS_IN_OUT(0),
        /** For a transposed convolution; libnd4j names it from the view of the convolution that it transposes. */
        IN_ROWS_COLUMNS_OUT(2);

        private final long code;

        WeightOrder(long code) {
            this.code = code;
        }
    }
}
