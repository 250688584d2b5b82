package dev.vaelab.report.picture;

import dev.vaelab.api.model.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;

/** One image as a picture of its own, without anything around it: grey as a grey picture, so that it is read as what it was. */
public final class SingleImage {
    private SingleImage() {}

    /**
     * The content of a PNG file.
     *
     * @param pixels in [0,1], image after image
     * @param image which of them
     * @param scale rows and columns of the picture that a pixel of the image takes
     */
    public static byte[] png(ImageShape shape, float[] pixels, int image, int scale) {
        int bands = shape.channels() < 3 ? 1 : 3;
        BufferedImage picture = new BufferedImage(
                shape.width() * scale,
                shape.height() * scale,
                bands == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        // Samples are set as they are: as colours they would be converted from one grey to another.
        WritableRaster raster = picture.getRaster();
        for (int band = 0; band < bands; band++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    raster.setSample(x, y, band, ImageGrid.level(shape, pixels, image, band, y / scale, x / scale));
                }
            }
        }
        return Png.of(picture);
    }
}
