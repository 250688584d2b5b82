package dev.vaelab.data;

/**
 * How the samples along an axis make those of a shorter or longer one: each is a weighted mean of neighbours.
 *
 * <p>The weights fall off linearly from the place of the new sample. Where the axis gets shorter they reach so much farther
 * that every old sample counts; this is bilinear interpolation with antialiasing, as Pillow and torchvision resize.
 *
 * @param starts the first old sample of each new one
 * @param weights of the old samples from there on, for each new one; their sum is one
 */
record AxisWeights(int[] starts, float[][] weights) {
    /** The weights that resize an axis. */
    static AxisWeights of(int oldLength, int newLength) {
        int[] starts = new int[newLength];
        float[][] weights = new float[newLength][];
        double scale = (double) oldLength / newLength;
        double reach = Math.max(1, scale);
        for (int sample = 0; sample < newLength; sample++) {
            double center = (sample + 0.5) * scale;
            int start = Math.max(0, (int) (center - reach + 0.5));
            int end = Math.min(oldLength, (int) (center + reach + 0.5));
            starts[sample] = start;
            weights[sample] = triangle(start, end, center, reach);
        }
        return new AxisWeights(starts, weights);
    }

    private static float[] triangle(int start, int end, double center, double reach) {
        double[] heights = new double[end - start];
        double sum = 0;
        for (int index = 0; index < heights.length; index++) {
            double distance = Math.abs(start + index + 0.5 - center);
            heights[index] = Math.max(0, 1 - distance / reach);
            sum += heights[index];
        }
        float[] weights = new float[heights.length];
        for (int index = 0; index < weights.length; index++) {
            weights[index] = (float) (heights[index] / sum);
        }
        return weights;
    }
}
