package dev.vaelab.report.picture;

import dev.vaelab.api.model.ImageShape;
import dev.vaelab.experiment.picture.ImagePicture;

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
        return Png.of(ImagePicture.of(shape, pixels, image, scale));
    }
}
