package dev.vaelab.backend.reference;

/**
 * Moves between the two orders of a batch of feature maps: images outermost, as layers pass them on, and channels
 * outermost, as matrix products and sums over a channel want them.
 */
final class Planes {
    private Planes() {}

    /** From [images, channels, rows, columns] to a matrix of one row for each channel. */
    static Matrix byChannel(DoubleTensor images) {
        int count = images.size(0);
        int channels = images.size(1);
        int area = images.size(2) * images.size(3);
        double[] values = new double[images.values().length];
        for (int image = 0; image < count; image++) {
            for (int channel = 0; channel < channels; channel++) {
                System.arraycopy(
                        images.values(),
                        (image * channels + channel) * area,
                        values,
                        (channel * count + image) * area,
                        area);
            }
        }
        return new Matrix(channels, count * area, values);
    }

    /** From a matrix of one row for each channel to [images, channels, rows, columns]. */
    static DoubleTensor byImage(Matrix planes, int count, int rows, int columns) {
        int channels = planes.rows();
        int area = rows * columns;
        double[] values = new double[planes.values().length];
        for (int image = 0; image < count; image++) {
            for (int channel = 0; channel < channels; channel++) {
                System.arraycopy(
                        planes.values(),
                        (channel * count + image) * area,
                        values,
                        (image * channels + channel) * area,
                        area);
            }
        }
        return DoubleTensor.of(values, count, channels, rows, columns);
    }
}
