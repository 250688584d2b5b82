package dev.vaelab.backend.reference;

import dev.vaelab.api.model.Architecture;

/**
 * The patches that a convolution kernel sees as it moves over a batch of images, kernel 4, stride 2, padding 1.
 *
 * <p>With the patches in the columns of a matrix, a convolution is a matrix product, and a transposed convolution is
 * the transposed product: K. Chellapilla, S. Puri and P. Simard, <em>High Performance Convolutional Neural Networks for
 * Document Processing</em>, 2006.
 */
final class Patches {
    private static final int KERNEL = Architecture.KERNEL;

    private final int count;
    private final int channels;
    private final int height;
    private final int width;

    /** The geometry of a batch of images whose height and width are even. */
    Patches(int count, int channels, int height, int width) {
        this.count = count;
        this.channels = channels;
        this.height = height;
        this.width = width;
    }

    /** Positions of the kernel from top to bottom. */
    int rows() {
        return height / Architecture.STRIDE;
    }

    /** Positions of the kernel from left to right. */
    int columns() {
        return width / Architecture.STRIDE;
    }

    /**
     * Cuts images into patches.
     *
     * @param images [images, channels, height, width]
     * @return a matrix of one row for each channel, kernel row and kernel column, and of one column for each image and
     *     position; zero where a patch lies outside its image
     */
    Matrix unfold(DoubleTensor images) {
        double[] patches = new double[channels * KERNEL * KERNEL * count * rows() * columns()];
        double[] pixels = images.values();
        forEachPair((patchIndex, pixelIndex) -> patches[patchIndex] = pixels[pixelIndex]);
        return new Matrix(channels * KERNEL * KERNEL, count * rows() * columns(), patches);
    }

    /**
     * Adds patches up into images: the transpose of {@link #unfold}.
     *
     * @param patches a matrix as {@link #unfold} makes it
     * @return [images, channels, height, width]
     */
    DoubleTensor fold(Matrix patches) {
        double[] pixels = new double[count * channels * height * width];
        double[] values = patches.values();
        forEachPair((patchIndex, pixelIndex) -> pixels[pixelIndex] += values[patchIndex]);
        return DoubleTensor.of(pixels, count, channels, height, width);
    }

    @FunctionalInterface
    private interface PairVisitor {
        void visit(int patchIndex, int pixelIndex);
    }

    /** Visits every element of the patch matrix that lies inside its image, with the pixel it stands for. */
    private void forEachPair(PairVisitor visitor) {
        int patchIndex = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int kernelRow = 0; kernelRow < KERNEL; kernelRow++) {
                for (int kernelColumn = 0; kernelColumn < KERNEL; kernelColumn++) {
                    for (int image = 0; image < count; image++) {
                        int plane = (image * channels + channel) * height;
                        for (int position = 0; position < rows(); position++) {
                            int row = position * Architecture.STRIDE + kernelRow - Architecture.PADDING;
                            visitRow(patchIndex, row, (plane + row) * width, kernelColumn, visitor);
                            patchIndex += columns();
                        }
                    }
                }
            }
        }
    }

    private void visitRow(int patchIndex, int row, int pixelRow, int kernelColumn, PairVisitor visitor) {
        if (row < 0 || row >= height) {
            return;
        }
        for (int position = 0; position < columns(); position++) {
            int column = position * Architecture.STRIDE + kernelColumn - Architecture.PADDING;
            if (column >= 0 && column < width) {
                visitor.visit(patchIndex + position, pixelRow + column);
            }
        }
    }
}
