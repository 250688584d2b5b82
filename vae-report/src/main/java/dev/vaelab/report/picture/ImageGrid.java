package dev.vaelab.report.picture;

import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.model.ImageShape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;

/** Images in rows and columns, enlarged so that single pixels can be seen. */
public final class ImageGrid {
    private static final Color BACKGROUND = new Color(0x60, 0x60, 0x60);

    private final GridLayout layout;
    private final BufferedImage picture;

    private ImageGrid(GridLayout layout) {
        this.layout = layout;
        this.picture = new BufferedImage(
                Math.toIntExact(layout.width()), Math.toIntExact(layout.height()), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(BACKGROUND);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.dispose();
    }

    /** A picture without images; {@link #draw(int, float[])} fills it. */
    public static ImageGrid empty(GridLayout layout) {
        return new ImageGrid(layout);
    }

    /**
     * Images in reading order, as square as they go.
     *
     * @param pixels in [0,1], image after image
     */
    public static ImageGrid of(ImageShape shape, float[] pixels) {
        return new ImageGrid(GridLayout.square(shape, pixels.length / shape.size(), OptionalInt.empty()))
                .draw(0, pixels);
    }

    /**
     * Images in reading order.
     *
     * @param pixels in [0,1], image after image
     * @param columns images of a row
     */
    public static ImageGrid of(ImageShape shape, float[] pixels, int columns) {
        return new ImageGrid(GridLayout.inColumns(shape, pixels.length / shape.size(), columns, OptionalInt.empty()))
                .draw(0, pixels);
    }

    /**
     * Pairs of images, the first above the second.
     *
     * @param layout {@linkplain GridLayout#pairs of pairs}
     * @param above pixels in [0,1], image after image
     * @param below as many
     */
    public static ImageGrid ofPairs(GridLayout layout, float[] above, float[] below) {
        ImageGrid grid = new ImageGrid(layout);
        for (int image = 0; image < above.length / layout.shape().size(); image++) {
            int row = 2 * (image / layout.columns());
            grid.draw(above, image, row, image % layout.columns());
            grid.draw(below, image, row + 1, image % layout.columns());
        }
        return grid;
    }

    /**
     * Draws images in reading order, and returns this picture.
     *
     * @param first the place of the first of them, from 0
     * @param pixels in [0,1], image after image
     */
    public ImageGrid draw(int first, float[] pixels) {
        for (int image = 0; image < pixels.length / layout.shape().size(); image++) {
            int place = first + image;
            draw(pixels, image, place / layout.columns(), place % layout.columns());
        }
        return this;
    }

    /** Rows of images. */
    public int rows() {
        return layout.rows();
    }

    /** Columns of images. */
    public int columns() {
        return layout.columns();
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
        ImageShape shape = layout.shape();
        int scale = layout.scale();
        int left = GridLayout.GAP + column * (shape.width() * scale + GridLayout.GAP);
        int top = GridLayout.GAP + row * (shape.height() * scale + GridLayout.GAP);
        int width = shape.width() * scale;
        // Enlarged rows of pixels as the picture keeps them: to set pixels one by one takes longer than to train a
        // small model.
        int[] rows = new int[width * scale];
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                Arrays.fill(rows, x * scale, (x + 1) * scale, colour(shape, pixels, image, y, x));
            }
            for (int copy = 1; copy < scale; copy++) {
                System.arraycopy(rows, 0, rows, copy * width, width);
            }
            picture.getRaster().setDataElements(left, top + y * scale, width, scale, rows);
        }
    }

    private static int colour(ImageShape shape, float[] pixels, int image, int y, int x) {
        int red = level(shape, pixels, image, 0, y, x);
        if (shape.channels() < 3) {
            return red << 16 | red << 8 | red;
        }
        return red << 16 | level(shape, pixels, image, 1, y, x) << 8 | level(shape, pixels, image, 2, y, x);
    }

    /** A pixel as a screen shows it: 0 is black, 255 is white. */
    static int level(ImageShape shape, float[] pixels, int image, int channel, int y, int x) {
        int index = ((image * shape.channels() + channel) * shape.height() + y) * shape.width() + x;
        return Math.round(255 * Math.min(1, Math.max(0, pixels[index])));
    }
}
