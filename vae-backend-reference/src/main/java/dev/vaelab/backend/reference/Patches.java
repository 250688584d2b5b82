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
        int step = window.stride();
        forEachRow((patch, pixel, length) -> {
            for (int number = 0; number < length; number++) {
                patches[patch + number] = pixels[pixel + number * step];
            }
        });
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
        int step = window.stride();
        forEachRow((patch, pixel, length) -> {
            for (int number = 0; number < length; number++) {
                pixels[pixel + number * step] += values[patch + number];
            }
        });
        return new DoubleTensor(new int[] {count, channels, height, width}, pixels);
    }

    @FunctionalInterface
    private interface RowVisitor {
        /** The elements of the patch matrix from one on stand for every {@code window.stride()}-th pixel from another one on. */
        void visit(int patch, int pixel, int length);
    }

    /** Visits the elements of the patch matrix that lie inside their images, row by row of the kernel's positions. */
    private void forEachRow(RowVisitor visitor) {
        int patch = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int kernelRow = 0; kernelRow < window.kernel(); kernelRow++) {
                for (int kernelColumn = 0; kernelColumn < window.kernel(); kernelColumn++) {
                    // The first position whose pixel is not left of the image, and the first that is right of it.
                    int left = window.padding() - kernelColumn;
                    int first = Math.max(0, -Math.floorDiv(-left, window.stride()));
                    int end = Math.min(columns(), -Math.floorDiv(-left - width, window.stride()));
                    for (int image = 0; image < count; image++) {
                        int plane = (image * channels + channel) * height;
                        for (int position = 0; position < rows(); position++) {
                            int row = position * window.stride() + kernelRow - window.padding();
                            if (row >= 0 && row < height && first < end) {
                                int column = first * window.stride() - left;
                                visitor.visit(patch + first, (plane + row) * width + column, end - first);
                            }
                            patch += columns();
                        }
                    }
                }
            }
        }
    }
}
