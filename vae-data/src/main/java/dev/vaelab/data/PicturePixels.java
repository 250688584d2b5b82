package dev.vaelab.data;

import dev.vaelab.api.experiment.ColorMode;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/** The pixels of a picture in memory, as a model takes them: the same as those of its file in a data set of pictures. */
public final class PicturePixels {
    private static final float WHITE = 255;

    private PicturePixels() {}

    /**
     * The values of a picture, as they are stored: no colour profile or gamma is applied, and what is transparent is laid over black.
     *
     * @param picture of any type; one whose samples are neither grey nor RGB, have no common size of at most 16 bits or are multiplied
     *     by their alpha is taken by the sRGB colours of its pixels
     * @param color the channels that are wanted
     * @return [channels, height, width], from 0 (black) to 1 (white)
     */
    public static float[] of(BufferedImage picture, ColorMode color) {
        PixelPlanes pixels = PixelPlanes.of(isPlain(picture) ? picture : converted(picture), color);
        int size = pixels.height() * pixels.width();
        float[] values = new float[color.channels() * size];
        for (int channel = 0; channel < color.channels(); channel++) {
            byte[] plane = pixels.planes()[channel];
            for (int index = 0; index < size; index++) {
                values[channel * size + index] = Byte.toUnsignedInt(plane[index]) / WHITE;
            }
        }
        return values;
    }

    /** Whether the samples are what {@link PixelPlanes} takes: those that readers of files give. */
    private static boolean isPlain(BufferedImage picture) {
        ColorModel colors = picture.getColorModel();
        if (colors instanceof IndexColorModel) {
            return true;
        }
        int kind = colors.getColorSpace().getType();
        int bits = colors.getComponentSize(0);
        boolean whole = colors.getTransferType() == DataBuffer.TYPE_BYTE
                || colors.getTransferType() == DataBuffer.TYPE_USHORT
                || colors.getTransferType() == DataBuffer.TYPE_INT;
        return (kind == ColorSpace.TYPE_GRAY || kind == ColorSpace.TYPE_RGB)
                && whole
                && bits <= 16
                && Arrays.stream(colors.getComponentSize()).allMatch(size -> size == bits)
                && !colors.isAlphaPremultiplied();
    }

    private static BufferedImage converted(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        BufferedImage plain = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        plain.setRGB(0, 0, width, height, picture.getRGB(0, 0, width, height, null, 0, width), 0, width);
        return plain;
    }
}
