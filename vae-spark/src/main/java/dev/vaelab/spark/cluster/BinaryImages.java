package dev.vaelab.spark.cluster;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.ColorMode;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.data.PicturePixels;
import dev.vaelab.experiment.cluster.images.ImageFiles;
import dev.vaelab.experiment.cluster.images.ImageFiles.StoredImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Images of a file of nothing but pixels, a byte each, image after image. */
final class BinaryImages implements ImageFiles.Reader {
    private static final int BUFFER = 1 << 17;
    private static final float WHITE = 255;

    private final Path file;
    private final FSDataInputStream stream;
    private final byte[] bytes;
    private long index;

    BinaryImages(Path file, Configuration configuration, ImageShape shape, long from, long index) {
        this.file = file;
        this.index = index;
        this.bytes = new byte[shape.size()];
        try {
            stream = file.getFileSystem(configuration).open(file, BUFFER);
            stream.seek(from * bytes.length);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public StoredImage next() {
        try {
            stream.readFully(bytes);
        } catch (EOFException e) {
            throw new InvalidInputException(Problem.of(
                    file.toString(), "its end within image " + index, "the file as it was when the job began"));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return new StoredImage(index++, 0, pixels(bytes));
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    /** As the data sets of the project have them. */
    static float[] pixels(byte... bytes) {
        float[] pixels = new float[bytes.length];
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            pixels[pixel] = Byte.toUnsignedInt(bytes[pixel]) / WHITE;
        }
        return pixels;
    }

    /**
     * The pixels of a picture in any format that Java reads.
     *
     * @param place of it, for messages
     */
    static float[] ofPicture(String place, ImageShape shape, byte... content) {
        BufferedImage picture;
        try {
            picture = ImageIO.read(new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new InvalidInputException(
                    Problem.of(place, "a damaged picture (" + e.getMessage() + ")", "a picture that Java reads"));
        }
        if (picture == null || shape.channels() != 1 && shape.channels() != 3) {
            throw new InvalidInputException(Problem.of(
                    place,
                    picture == null ? content.length + " bytes, which are no picture" : "a picture",
                    "an image of " + shape + ", which is " + shape.size() + " bytes without a header"));
        }
        if (picture.getHeight() != shape.height() || picture.getWidth() != shape.width()) {
            throw new InvalidInputException(Problem.of(
                    place,
                    "a picture " + picture.getHeight() + " high and " + picture.getWidth() + " wide",
                    "one " + shape.height() + " high and " + shape.width() + " wide, as the model has them"));
        }
        return PicturePixels.of(picture, shape.channels() == 1 ? ColorMode.GREY : ColorMode.RGB);
    }

    private static InvalidInputException unreadable(Path file, IOException e) {
        return new InvalidInputException(Problem.of(
                file.toString(),
                "a file that cannot be read (" + SparkImageFiles.firstLine(e) + ")",
                "images that every machine reaches"));
    }

    /** The image of a file that has one. */
    record OfPicture(Path file, Configuration configuration, ImageShape shape, long index)
            implements ImageFiles.Reader {
        @Override
        public StoredImage next() {
            try (InputStream content = file.getFileSystem(configuration).open(file)) {
                return new StoredImage(index, 0, ofPicture(file.toString(), shape, content.readAllBytes()));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }

        @Override
        public void close() {
            // Nothing is open between the images.
        }
    }
}
