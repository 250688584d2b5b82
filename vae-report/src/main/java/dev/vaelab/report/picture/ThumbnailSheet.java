package dev.vaelab.report.picture;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.model.ImageShape;
import java.awt.image.BufferedImage;

/** Many images as one picture without gaps, so that a page can show any of them; large ones are made smaller. */
public final class ThumbnailSheet {
    private static final int LONGEST_SIDE = 32;

    private final ImageShape shape;
    private final int reduction;
    private final int columns;
    private final BufferedImage picture;

    private ThumbnailSheet(ImageShape shape, int count) {
        this.shape = shape;
        this.reduction = 1 + (Math.max(shape.height(), shape.width()) - 1) / LONGEST_SIDE;
        this.columns = (int) Math.ceil(Math.sqrt(count));
        this.picture = new BufferedImage(
                columns * width(), (count + columns - 1) / columns * height(), BufferedImage.TYPE_INT_RGB);
    }

    /** The sheet of some images, in their order from left to right and row by row. */
    public static ThumbnailSheet of(ImageSubset images) {
        ThumbnailSheet sheet = new ThumbnailSheet(images.shape(), images.count());
        float[] pixels = new float[images.shape().size()];
        for (int image = 0; image < images.count(); image++) {
            images.copyPixels(image, pixels, 0);
            sheet.draw(image, pixels);
        }
        return sheet;
    }

    /** Pixels of a thumbnail from left to right. */
    public int width() {
        return 1 + (shape.width() - 1) / reduction;
    }

    /** Pixels of a thumbnail from top to bottom. */
    public int height() {
        return 1 + (shape.height() - 1) / reduction;
    }

    /** Thumbnails of a row. */
    public int columns() {
        return columns;
    }

    /** The sheet as the content of a PNG file. */
    public byte[] png() {
        return Png.of(picture);
    }

    /** How bright a pixel of a thumbnail is, from 0 to 255; of colours the mean. */
    int level(int image, int y, int x) {
        int colour = picture.getRGB(image % columns * width() + x, image / columns * height() + y);
        return ((colour >> 16 & 0xff) + (colour >> 8 & 0xff) + (colour & 0xff)) / 3;
    }

    private void draw(int image, float[] pixels) {
        int left = image % columns * width();
        int top = image / columns * height();
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                int red = level(pixels, 0, y, x);
                int green = shape.channels() < 3 ? red : level(pixels, 1, y, x);
                int blue = shape.channels() < 3 ? red : level(pixels, 2, y, x);
                picture.setRGB(left + x, top + y, red << 16 | green << 8 | blue);
            }
        }
    }

    /** The mean of the pixels that become one. */
    private int level(float[] pixels, int channel, int y, int x) {
        int bottom = Math.min(shape.height(), (y + 1) * reduction);
        int right = Math.min(shape.width(), (x + 1) * reduction);
        float sum = 0;
        for (int row = y * reduction; row < bottom; row++) {
            for (int column = x * reduction; column < right; column++) {
                sum += pixels[(channel * shape.height() + row) * shape.width() + column];
            }
        }
        return Math.round(255 * sum / ((bottom - y * reduction) * (right - x * reduction)));
    }
}
