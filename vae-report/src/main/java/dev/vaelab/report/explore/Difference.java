package dev.vaelab.report.explore;

/**
 * How far two engines' images of the same latents are apart.
 *
 * @param largest the largest difference of a pixel, where pixels are in [0,1]
 * @param pixels the difference of each pixel as an unsigned byte: 0 for none, 255 for the largest
 */
record Difference(float largest, byte[] pixels) {
    static Difference of(float[] one, float[] other) {
        float[] apart = new float[one.length];
        float largest = 0;
        for (int index = 0; index < one.length; index++) {
            apart[index] = Math.abs(one[index] - other[index]);
            // Math.max lets NaN through, which an engine gives that computes nonsense; a comparison would hide it.
            largest = Math.max(largest, apart[index]);
        }
        for (int index = 0; index < apart.length; index++) {
            apart[index] = largest > 0 ? apart[index] / largest : 0;
        }
        return new Difference(largest, Levels.of(apart));
    }
}
