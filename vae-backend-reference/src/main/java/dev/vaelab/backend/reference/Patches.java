package dev.vaelab.backend.reference;

import dev.vaelab.api.tensor.Window;

/**
 * The patches that a convolution kernel sees as it moves over a batch of images.
 *
 * <p>With the patches in the columns of a matrix, a convolution is a matrix product, and a transposed convolution is
 * the transposed product: K. Chellapilla, S. Puri and P. Simard, <em>High Performance Convolutional Neural Networks for
 * Document Processing</em>, 2006.
 *
 * @param window how the kernel moves
 * @param count images
 * @param channels of each
 * @param height of each
 * @param width of each
 */
record Patches(Window window, int count, int channels, int height, int width) {
    /** Positions of the kernel from top to bottom. */
    int rows() {
        return window.positions(height);
    }

    /** Positions of the kernel from left to right. */
    int columns() {
        return window.positions(width);
    }

    /**
     * Cuts images into patches.
     *
     * @param pixels [images, channels, height, width]
     * @return a matrix of one row for each channel, kernel row and kernel column, and of one column for each image and
     *     position; zero where a patch lies outside its image
     */
    Matrix unfold(double[] pixels) {
        int kernels = channels * window.kernel() * window.kernel();
        double[] patches = new double[kernels * count * rows() * columns()];
        forEachPair((patch, pixel) -> patches[patch] = pixels[pixel]);
        return new Matrix(kernels, count * rows() * columns(), patches);
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
        forEachPair((patch, pixel) -> pixels[pixel] += values[patch]);
        return new DoubleTensor(new int[] {count, channels, height, width}, pixels);
    }

    @FunctionalInterface
    private interface PairVisitor {
        void visit(int patch, int pixel);
    }

    /** Visits every element of the patch matrix that lies inside its image, with the pixel it stands for. */
    private void forEachPair(PairVisitor visitor) {
        int patch = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int kernelRow = 0; kernelRow < window.kernel(); kernelRow++) {
                for (int kernelColumn = 0; kernelColumn < window.kernel(); kernelColumn++) {
                    for (int image = 0; image < count; image++) {
                        int plane = (image * channels + channel) * height;
                        for (int position = 0; position < rows(); position++) {
                            int row = position * window.stride() + kernelRow - window.padding();
                            if (row >= 0 && row < height) {
                                visitRow(patch, (plane + row) * width, kernelColumn, visitor);
                            }
                            patch += columns();
                        }
                    }
                }
            }
        }
    }

    private void visitRow(int patch, int pixelRow, int kernelColumn, PairVisitor visitor) {
        for (int position = 0; position < columns(); position++) {
            int column = position * window.stride() + kernelColumn - window.padding();
            if (column >= 0 && column < width) {
                visitor.visit(patch + position, pixelRow + column);
            }
        }
    }
}
