package dev.vaelab.training.likelihood;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.model.Likelihood;
import java.util.Optional;

/**
 * Nats for each image as bits for each dimension, a dimension being a channel of a pixel:
 *
 * <pre>bits/dim = -log p(x) / (D ln 2) + b</pre>
 *
 * <p>Of black and white pixels under a probability, b is 0. Of pixels with 256 values v, scaled to x = v / 255 in [0,1], under a density,
 * b = 8: the value v stands for 1/256 of the interval, so that log P(v) is about log p(x) - D log 256.
 *
 * <p>The second is a convention (as of bits per pixel in G. Papamakarios, T. Pavlakou and I. Murray, <em>Masked Autoregressive Flow</em>, 2017).
 * It bounds the code length of the pixels only if the density is averaged over the 1/256 of each, by uniform noise on the pixels
 * (L. Theis, A. van den Oord and M. Bethge, <em>A note on the evaluation of generative models</em>, 2016, section 3.1). Here no
 * noise is added, so a density may make peaks of the 256 values, and a variance without a lower end makes them as high as it likes:
 * figures below what the pixels' entropy allows are that.
 *
 * @param dimensions D, of an image
 * @param bitsOfPixel b
 */
public record BitsPerDimension(int dimensions, int bitsOfPixel) {
    private static final int BITS_OF_A_BYTE = 8;

    /**
     * The convention for some images, if there is one: a probability of pixels that are all black or white, or a density of pixels that are
     * not. A probability of grey pixels is none, and a density of black and white ones has nothing to do with 256 values.
     */
    public static Optional<BitsPerDimension> of(Likelihood likelihood, ImageSubset images) {
        int dimensions = images.shape().size();
        return likelihood.pixelValues().flatMap(values -> {
            boolean binary = isBinary(images);
            return switch (values) {
                case BINARY -> binary ? Optional.of(new BitsPerDimension(dimensions, 0)) : Optional.empty();
                case CONTINUOUS ->
                    binary ? Optional.empty() : Optional.of(new BitsPerDimension(dimensions, BITS_OF_A_BYTE));
            };
        });
    }

    private static boolean isBinary(ImageSubset images) {
        float[] pixels = new float[images.shape().size()];
        for (int image = 0; image < images.count(); image++) {
            images.copyPixels(image, pixels, 0);
            for (float pixel : pixels) {
                if (pixel != 0 && pixel != 1) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * The bits for each dimension.
     *
     * @param nats -log p(x), or a bound of it, for each image
     */
    public double of(double nats) {
        return nats / (dimensions * Math.log(2)) + bitsOfPixel;
    }
}
