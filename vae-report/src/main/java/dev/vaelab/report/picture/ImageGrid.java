package dev.vaelab.report.picture;

import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.model.ImageShape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** Images in rows and columns, enlarged so that single pixels can be seen. */
public final class ImageGrid {
    private static final int GAP = 2;
    private static final int LEAST_CELL = 84;
    /** With more columns than this, cells are smaller: the picture would be wider than a screen. */
    private static final int FEW_COLUMNS = 12;

    private static final int LEAST_CELL_OF_MANY = 56;
    private static final Color BACKGROUND = new Color(0x60, 0x60, 0x60);

    private final ImageShape shape;
    private final int rows;
    private final int columns;
    private final int scale;
    private final BufferedImage picture;

    private ImageGrid(ImageShape shape, int rows, int columns) {
        this.shape = shape;
        this.rows = rows;
        this.columns = columns;
        int leastCell = columns <= FEW_COLUMNS ? LEAST_CELL : LEAST_CELL_OF_MANY;
        this.scale = Math.max(1, leastCell / Math.max(shape.height(), shape.width()));
        this.picture = new BufferedImage(
                GAP + columns * (shape.width() * scale + GAP),
                GAP + rows * (shape.height() * scale + GAP),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(BACKGROUND);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.dispose();
    }

    /**
     * Images in reading order, as square as they go.
     *
     * @param pixels in [0,1], image after image
     */
    public static ImageGrid of(ImageShape shape, float[] pixels) {
        return of(shape, pixels, (int) Math.ceil(Math.sqrt(pixels.length / shape.size())));
    }

    /**
     * Images in reading order.
     *
     * @param pixels in [0,1], image after image
     * @param columns images of a row
     */
    public static ImageGrid of(ImageShape shape, float[] pixels, int columns) {
        int count = pixels.length / shape.size();
        ImageGrid grid = new ImageGrid(shape, (count + columns - 1) / columns, columns);
        for (int image = 0; image < count; image++) {
            grid.draw(pixels, image, image / columns, image % columns);
        }
        return grid;
    }

    /**
     * Pairs of images, the first above the second, at most ten pairs side by side.
     *
     * @param above pixels in [0,1], image after image
     * @param below as many
     */
    public static ImageGrid ofPairs(ImageShape shape, float[] above, float[] below) {
        int count = above.length / shape.size();
        int columns = Math.min(count, 10);
        ImageGrid grid = new ImageGrid(shape, 2 * ((count + columns - 1) / columns), columns);
        for (int image = 0; image < count; image++) {
            int row = 2 * (image / columns);
            grid.draw(above, image, row, image % columns);
            grid.draw(below, image, row + 1, image % columns);
        }
        return grid;
    }

    /** Rows of images. */
    public int rows() {
        return rows;
    }

    /** Columns of images. */
    public int columns() {
        return columns;
    }

    /** The picture itself. */
    public BufferedImage picture() {
        return picture;
    }

    /**
     * Writes the picture as PNG; a file of this name is replaced, or left as it was if writing fails.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, stream -> stream.write(png()));
    }

    /** The picture as the content of a PNG file. */
    public byte[] png() {
        return Png.of(picture);
    }

    private void draw(float[] pixels, int image, int row, int column) {
        int left = GAP + column * (shape.width() * scale + GAP);
        int top = GAP + row * (shape.height() * scale + GAP);
        for (int y = 0; y < shape.height() * scale; y++) {
            for (int x = 0; x < shape.width() * scale; x++) {
                picture.setRGB(left + x, top + y, colour(pixels, image, y / scale, x / scale));
            }
        }
    }

    private int colour(float[] pixels, int image, int y, int x) {
        int red = level(pixels, image, 0, y, x);
        if (shape.channels() < 3) {
            return red << 16 | red << 8 | red;
        }
        return red << 16 | level(pixels, image, 1, y, x) << 8 | level(pixels, image, 2, y, x);
    }

    private int level(float[] pixels, int image, int channel, int y, int x) {
        int index = ((image * shape.channels() + channel) * shape.height() + y) * shape.width() + x;
        return Math.round(255 * Math.min(1, Math.max(0, pixels[index])));
    }
}
