package dev.vaelab.training.score;

import dev.vaelab.api.dataset.ImageSequence;
import dev.vaelab.api.model.ImageShape;
import java.util.function.IntConsumer;
import java.util.zip.Deflater;

/**
 * How complex an image is, in bits: L(x), the length of its lossless compression (J. Serrà et al., <em>Input complexity and
 * out-of-distribution detection with likelihood-based generative models</em>, 2020, section 3).
 *
 * <p>The compressor is PNG's, one of those of the paper. Pixels are rounded to 8 bits, the channels of a pixel stand side by side; each row
 * is filtered by the one of PNG's five filters that leaves the smallest sum of absolute differences (PNG specification, third edition,
 * section 12.7), and all of it is deflated at level 9. Counted are the bits of the deflated stream: what a PNG file has around it is the
 * same for all images.
 *
 * <p>The same pixels have the same complexity whatever the engine. Another build of the library zlib beneath {@link Deflater} may need a
 * few bits more or less.
 */
public final class ImageComplexity {
    /** The compressor in words, for those who read a figure of it. */
    public static final String COMPRESSOR = "PNG (filtered rows, Deflate level 9), pixels in 8 bits";

    private static final int LARGEST = 255;

    /** None, sub, up, average and Paeth, by their numbers in PNG. */
    private static final int FILTERS = 5;

    private ImageComplexity() {}

    /**
     * The complexity of each of some images.
     *
     * @param shape of an image
     * @param batchSize images whose pixels are there at once
     * @param progress is told how many more images are done
     * @return bits, in the order of the images
     */
    public static long[] of(ImageSequence images, ImageShape shape, int batchSize, IntConsumer progress) {
        long[] bits = new long[images.count()];
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            for (int from = 0; from < bits.length; from += batchSize) {
                int count = Math.min(batchSize, bits.length - from);
                float[] pixels = images.pixels(from, count);
                for (int image = 0; image < count; image++) {
                    bits[from + image] = bits(deflater, filtered(shape, pixels, image));
                }
                progress.accept(count);
            }
        } finally {
            deflater.end();
        }
        return bits;
    }

    private static long bits(Deflater deflater, byte[] bytes) {
        byte[] compressed = new byte[4096];
        deflater.reset();
        deflater.setInput(bytes);
        deflater.finish();
        while (!deflater.finished()) {
            deflater.deflate(compressed);
        }
        return deflater.getBytesWritten() * Byte.SIZE;
    }

    /** The rows of an image as PNG has them before they are deflated: each begins with the number of its filter. */
    static byte[] filtered(ImageShape shape, float[] pixels, int image) {
        int length = Math.multiplyExact(shape.width(), shape.channels());
        byte[] rows = new byte[Math.multiplyExact(shape.height(), 1 + length)];
        int[] above = new int[length];
        int[] row = new int[length];
        byte[] candidate = new byte[length];
        for (int y = 0; y < shape.height(); y++) {
            read(shape, pixels, image, y, row);
            long least = Long.MAX_VALUE;
            for (int filter = 0; filter < FILTERS; filter++) {
                long sum = filter(filter, row, above, shape.channels(), candidate);
                if (sum < least) {
                    least = sum;
                    int start = y * (1 + length);
                    rows[start] = (byte) filter;
                    System.arraycopy(candidate, 0, rows, start + 1, length);
                }
            }
            int[] other = above;
            above = row;
            row = other;
        }
        return rows;
    }

    private static void read(ImageShape shape, float[] pixels, int image, int y, int[] row) {
        int plane = shape.height() * shape.width();
        int start = image * shape.size() + y * shape.width();
        for (int x = 0; x < shape.width(); x++) {
            for (int channel = 0; channel < shape.channels(); channel++) {
                float pixel = pixels[start + channel * plane + x];
                row[x * shape.channels() + channel] = Math.round(LARGEST * Math.min(1, Math.max(0, pixel)));
            }
        }
    }

    /** Fills the candidate, and returns the sum of its absolute values, bytes being taken as signed. */
    private static long filter(int filter, int[] row, int[] above, int channels, byte[] candidate) {
        long sum = 0;
        for (int index = 0; index < row.length; index++) {
            int left = index < channels ? 0 : row[index - channels];
            int corner = index < channels ? 0 : above[index - channels];
            int predicted = switch (filter) {
                case 0 -> 0;
                case 1 -> left;
                case 2 -> above[index];
                case 3 -> (left + above[index]) / 2;
                default -> paeth(left, above[index], corner);
            };
            candidate[index] = (byte) (row[index] - predicted);
            sum += Math.abs(candidate[index]);
        }
        return sum;
    }

    /** That of the neighbours which is nearest to left + above - corner. */
    private static int paeth(int left, int above, int corner) {
        int toLeft = Math.abs(above - corner);
        int toAbove = Math.abs(left - corner);
        int toCorner = Math.abs(left + above - 2 * corner);
        if (toLeft <= toAbove && toLeft <= toCorner) {
            return left;
        }
        return toAbove <= toCorner ? above : corner;
    }
}
