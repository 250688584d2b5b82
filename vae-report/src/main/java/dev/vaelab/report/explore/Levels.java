package dev.vaelab.report.explore;

/** Pixels as a screen shows them: 0 is black, 255 is white. */
final class Levels {
    private static final int WHITE = 255;

    private Levels() {}

    /** Levels of pixels in [0,1], as unsigned bytes. */
    static byte[] of(float[] pixels) {
        byte[] levels = new byte[pixels.length];
        for (int index = 0; index < pixels.length; index++) {
            levels[index] = (byte) Math.round(WHITE * Math.min(1, Math.max(0, pixels[index])));
        }
        return levels;
    }
}
