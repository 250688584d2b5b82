package dev.vaelab.data;

import dev.vaelab.api.experiment.ColorMode;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The pixels of a picture as one plane for each channel, 0 to 255 as unsigned bytes.
 *
 * <p>Values are taken as they are stored, whatever colour profile or gamma goes with them, as other libraries for machine
 * learning do; Java's own conversions would brighten every grey picture. What is transparent is laid over black. Samples
 * of 16 bits are scaled to 8 and rounded.
 *
 * @param height rows
 * @param width columns
 * @param planes one for each channel, row by row
 */
record PixelPlanes(int height, int width, byte[][] planes) {
    private static final int MAXIMUM = 255;

    /** Takes the pixels of a grey or RGB picture. */
    static PixelPlanes of(BufferedImage picture, ColorMode color) {
        int height = picture.getHeight();
        int width = picture.getWidth();
        byte[][] planes = new byte[color.channels()][height * width];
        Raster raster = picture.getRaster();
        int[] samples = new int[width * raster.getNumBands()];
        int[] rgb = new int[3 * width];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, samples);
            toRgb(samples, picture.getColorModel(), rgb);
            switch (color) {
                case GREY -> writeLuminance(rgb, planes[0], y * width);
                case RGB -> writeChannels(rgb, planes, y * width);
            }
        }
        return new PixelPlanes(height, width, planes);
    }

    private static void toRgb(int[] samples, ColorModel colors, int[] rgb) {
        if (colors instanceof IndexColorModel palette) {
            for (int x = 0; x < samples.length; x++) {
                int entry = samples[x];
                int alpha = palette.getAlpha(entry);
                rgb[3 * x] = overBlack(palette.getRed(entry), alpha, MAXIMUM);
                rgb[3 * x + 1] = overBlack(palette.getGreen(entry), alpha, MAXIMUM);
                rgb[3 * x + 2] = overBlack(palette.getBlue(entry), alpha, MAXIMUM);
            }
            return;
        }
        int maximum = (1 << colors.getComponentSize(0)) - 1;
        int bands = colors.getNumComponents();
        // A grey picture has one sample for all three colours.
        int step = colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY ? 0 : 1;
        for (int x = 0; x * bands < samples.length; x++) {
            int first = x * bands;
            int alpha = colors.hasAlpha() ? samples[first + bands - 1] : maximum;
            for (int channel = 0; channel < 3; channel++) {
                rgb[3 * x + channel] = overBlack(samples[first + channel * step], alpha, maximum);
            }
        }
    }

    /** A sample laid over black, from the scale of 0 to {@code maximum} to that of bytes. */
    private static int overBlack(int sample, int alpha, int maximum) {
        long square = (long) maximum * maximum;
        return (int) ((2L * MAXIMUM * sample * alpha + square) / (2 * square));
    }

    /** With the weights of ITU-R BT.601 in units of 2^-16, whose sum is one: grey stays as it is. */
    private static void writeLuminance(int[] rgb, byte[] plane, int start) {
        for (int x = 0; 3 * x < rgb.length; x++) {
            int sum = 19595 * rgb[3 * x] + 38470 * rgb[3 * x + 1] + 7471 * rgb[3 * x + 2];
            plane[start + x] = (byte) ((sum + (1 << 15)) >> 16);
        }
    }

    private static void writeChannels(int[] rgb, byte[][] planes, int start) {
        for (int index = 0; index < rgb.length; index++) {
            planes[index % 3][start + index / 3] = (byte) rgb[index];
        }
    }
}
