package dev.vaelab.experiment.picture;

import dev.vaelab.api.model.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;

/** Images as pictures: grey ones as grey pictures, so that they are read as what they were. */
public final class ImagePicture {
    /** Pixels between images, and around them. */
    private static final int GAP = 2;

    private static final int BACKGROUND = 0x60;

    /** What an image of a grid is enlarged to at least, so that single pixels can be seen. */
    private static final int LEAST_CELL = 84;

    private ImagePicture() {}

    /**
     * One image without anything around it.
     *
     * @param pixels in [0,1], image after image; what is beyond is black or white
     * @param image which of them
     * @param scale rows and columns of the picture that a pixel of the image takes
     */
    public static BufferedImage of(ImageShape shape, float[] pixels, int image, int scale) {
        BufferedImage picture = blank(shape, shape.width() * scale, shape.height() * scale);
        draw(picture.getRaster(), 0, 0, shape, pixels, image, scale);
        return picture;
    }

    /**
     * Images in rows and columns, enlarged if they are small.
     *
     * @param pixels in [0,1], image after image; what is beyond is black or white
     * @param columns images of a row
     * @throws ArithmeticException if the picture would have more pixels than an array
     */
    public static BufferedImage grid(ImageShape shape, float[] pixels, int columns) {
        int count = pixels.length / shape.size();
        int rows = (count + columns - 1) / columns;
        int scale = Math.max(1, LEAST_CELL / Math.max(shape.height(), shape.width()));
        int cellWidth = Math.addExact(Math.multiplyExact(shape.width(), scale), GAP);
        int cellHeight = Math.addExact(Math.multiplyExact(shape.height(), scale), GAP);
        int width = Math.addExact(GAP, Math.multiplyExact(columns, cellWidth));
        int height = Math.addExact(GAP, Math.multiplyExact(rows, cellHeight));
        Math.multiplyExact(Math.multiplyExact(width, height), bands(shape));
        BufferedImage picture = blank(shape, width, height);
        fill(picture.getRaster());
        for (int image = 0; image < count; image++) {
            int left = GAP + image % columns * cellWidth;
            int top = GAP + image / columns * cellHeight;
            draw(picture.getRaster(), left, top, shape, pixels, image, scale);
        }
        return picture;
    }

    private static int bands(ImageShape shape) {
        return shape.channels() < 3 ? 1 : 3;
    }

    private static BufferedImage blank(ImageShape shape, int width, int height) {
        return new BufferedImage(
                width, height, bands(shape) == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    }

    private static void fill(WritableRaster raster) {
        int[] row = new int[raster.getWidth() * raster.getNumBands()];
        Arrays.fill(row, BACKGROUND);
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.setPixels(0, y, raster.getWidth(), 1, row);
        }
    }

    /** Samples are set as they are: as colours they would be converted from one grey to another. */
    private static void draw(
            WritableRaster raster, int left, int top, ImageShape shape, float[] pixels, int image, int scale) {
        for (int band = 0; band < bands(shape); band++) {
            for (int y = 0; y < shape.height() * scale; y++) {
                for (int x = 0; x < shape.width() * scale; x++) {
                    raster.setSample(left + x, top + y, band, level(shape, pixels, image, band, y / scale, x / scale));
                }
            }
        }
    }

    /** A pixel as a screen shows it: 0 is black, 255 is white. */
    private static int level(ImageShape shape, float[] pixels, int image, int channel, int y, int x) {
        int index = ((image * shape.channels() + channel) * shape.height() + y) * shape.width() + x;
        return Math.round(255 * Math.min(1, Math.max(0, pixels[index])));
    }
}
