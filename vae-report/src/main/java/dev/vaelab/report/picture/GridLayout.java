package dev.vaelab.report.picture;

import dev.vaelab.api.model.ImageShape;
import java.util.OptionalInt;

/**
 * How images lie in one picture.
 *
 * @param shape of an image
 * @param rows of images
 * @param columns of images
 * @param scale rows and columns of the picture that a pixel of an image takes
 */
public record GridLayout(ImageShape shape, int rows, int columns, int scale) {
    /** Pixels between images, and around them. */
    static final int GAP = 2;

    /** More of them no viewer opens, and few machines have the memory for. */
    public static final long MOST_PIXELS = 50_000_000;

    private static final int LEAST_CELL = 84;
    /** With more columns than this, cells are smaller: the picture would be wider than a screen. */
    private static final int FEW_COLUMNS = 12;

    private static final int LEAST_CELL_OF_MANY = 56;

    /** Pairs that are side by side. */
    private static final int MOST_PAIRS = 10;

    /**
     * Images in reading order.
     *
     * @param columns images of a row
     * @param scale nothing for one at which single pixels can be seen
     */
    public static GridLayout inColumns(ImageShape shape, int count, int columns, OptionalInt scale) {
        return new GridLayout(
                shape, (count + columns - 1) / columns, columns, scale.orElseGet(() -> visible(shape, columns)));
    }

    /**
     * Images in reading order, as square as they go.
     *
     * @param count at least one
     * @param scale nothing for one at which single pixels can be seen
     */
    public static GridLayout square(ImageShape shape, int count, OptionalInt scale) {
        return inColumns(shape, count, (int) Math.ceil(Math.sqrt(count)), scale);
    }

    /**
     * Pairs of images, the first above the second, at most ten pairs side by side.
     *
     * @param count of pairs, at least one
     * @param scale nothing for one at which single pixels can be seen
     */
    public static GridLayout pairs(ImageShape shape, int count, OptionalInt scale) {
        int columns = Math.min(count, MOST_PAIRS);
        return inColumns(shape, 2 * ((count + columns - 1) / columns) * columns, columns, scale);
    }

    private static int visible(ImageShape shape, int columns) {
        int leastCell = columns <= FEW_COLUMNS ? LEAST_CELL : LEAST_CELL_OF_MANY;
        return Math.max(1, leastCell / Math.max(shape.height(), shape.width()));
    }

    /** Pixels of the picture from left to right. */
    public long width() {
        return GAP + columns * ((long) shape.width() * scale + GAP);
    }

    /** Pixels of the picture from top to bottom. */
    public long height() {
        return GAP + rows * ((long) shape.height() * scale + GAP);
    }

    /** Whether the picture has no more than {@link #MOST_PIXELS}. */
    public boolean isDrawable() {
        return width() <= MOST_PIXELS / height();
    }
}
