package dev.vaelab.training.quality;

/** What images are compared by: the same for all of them, and the same whatever model, seed and engine are judged. */
public interface FeatureMap {
    /** Length of a vector of features. */
    int dimensions();

    /**
     * The features of images.
     *
     * @param pixels in [0,1], image after image
     * @return vector after vector, [images, dimensions]
     */
    float[] features(float[] pixels);

    /**
     * The pixels as they are.
     *
     * @param size pixels of an image, over all channels
     */
    static FeatureMap pixels(int size) {
        return new FeatureMap() {
            @Override
            public int dimensions() {
                return size;
            }

            @Override
            public float[] features(float[] pixels) {
                return pixels;
            }
        };
    }
}
