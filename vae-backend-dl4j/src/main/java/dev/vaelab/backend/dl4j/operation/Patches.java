package dev.vaelab.backend.dl4j.operation;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a convolution of kernel 4, stride 2 and padding 1 sees: a matrix with a row for each pixel of its output, which
 * holds the 4x4 pixels of its input around it. The convolution is this matrix times its weight.
 *
 * <p>Worth its memory where images have few channels; the engine's convolutions shine where they have many.
 */
public final class Patches implements AutoCloseable {
    private static final long KERNEL = 4;
    private static final long STRIDE = 2;
    private static final long PADDING = 1;

    private final INDArray images;
    private final INDArray framed;
    private final INDArray inside;
    private final INDArray seen;
    private final INDArray patches;
    private final INDArray matrix;

    /**
     * Prepares the patches.
     *
     * @param images [images, rows, columns, channels]
     */
    public Patches(INDArray images) {
        long count = images.size(0);
        long rows = images.size(1);
        long columns = images.size(2);
        long channels = images.size(3);
        long framedRows = rows + 2 * PADDING;
        long framedRow = (columns + 2 * PADDING) * channels;
        this.images = images.reshape(count, rows, columns * channels);
        framed = Arrays.zeros(count, framedRows, framedRow);
        inside = Arrays.box(
                framed, new long[] {0, PADDING, PADDING * channels}, new long[] {count, rows, columns * channels});
        long[] shape = {count, rows / STRIDE, columns / STRIDE, KERNEL, KERNEL * channels};
        seen = Arrays.view(
                framed, 0, shape, framedRows * framedRow, STRIDE * framedRow, STRIDE * channels, framedRow, 1);
        patches = Arrays.uninitialized(shape);
        matrix = patches.reshape(count * shape[1] * shape[2], KERNEL * KERNEL * channels);
    }

    /** Fills the matrix from the images. */
    public void run() {
        inside.assign(images);
        patches.assign(seen);
    }

    /** The matrix, always the same array: [images * rows / 2 * columns / 2, 4 * 4 * channels]. */
    public INDArray matrix() {
        return matrix;
    }

    @Override
    public void close() {
        framed.close();
        patches.close();
    }
}
