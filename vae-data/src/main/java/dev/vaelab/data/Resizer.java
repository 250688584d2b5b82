package dev.vaelab.data;

/**
 * Resizes planes of pixels, first along the rows and then along the columns.
 *
 * <p>In plain Java rather than with Java2D or a library on top of it: these skip pixels where they make pictures much
 * smaller, and their results depend on the type of the picture.
 */
final class Resizer {
    private final int oldHeight;
    private final int oldWidth;
    private final int newWidth;
    private final AxisWeights rows;
    private final AxisWeights columns;

    /** Resizes planes of one size to another one, which may be the same: then they stay exactly as they are. */
    Resizer(int oldHeight, int oldWidth, int newHeight, int newWidth) {
        this.oldHeight = oldHeight;
        this.oldWidth = oldWidth;
        this.newWidth = newWidth;
        this.rows = AxisWeights.of(oldHeight, newHeight);
        this.columns = AxisWeights.of(oldWidth, newWidth);
    }

    /** Writes a resized plane to {@code target}, from {@code offset} on. */
    void resize(byte[] plane, byte[] target, int offset) {
        float[] narrow = resizeRows(plane);
        for (int y = 0; y < rows.starts().length; y++) {
            float[] weights = rows.weights()[y];
            for (int x = 0; x < newWidth; x++) {
                int start = rows.starts()[y] * newWidth + x;
                float sum = 0;
                for (int index = 0; index < weights.length; index++) {
                    sum += weights[index] * narrow[start + index * newWidth];
                }
                target[offset + y * newWidth + x] = (byte) Math.min(255, Math.round(sum));
            }
        }
    }

    /** Every row with its new length. */
    private float[] resizeRows(byte[] plane) {
        float[] narrow = new float[oldHeight * newWidth];
        for (int y = 0; y < oldHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                float[] weights = columns.weights()[x];
                int start = y * oldWidth + columns.starts()[x];
                float sum = 0;
                for (int index = 0; index < weights.length; index++) {
                    sum += weights[index] * Byte.toUnsignedInt(plane[start + index]);
                }
                narrow[y * newWidth + x] = sum;
            }
        }
        return narrow;
    }
}
