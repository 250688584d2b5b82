package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.files.FileFailures;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads one picture with the readers of the JDK, and says in words what is wrong with it. */
final class PictureReader {
    /** Beyond what cameras make, and below what would take all memory: a small file can claim any size. */
    private static final long MOST_PIXELS = 100_000_000;

    /**
     * The warnings of the JPEG reader after which pixels are missing or wrong. It also warns of bytes that do not belong
     * to the picture, which some cameras write, and of colour profiles.
     */
    private static final Pattern DAMAGE =
            Pattern.compile("Truncated File|Corrupt JPEG data: (?!\\d+ extraneous bytes)");

    private final PictureFile file;

    /** Prepares to read a picture; opens nothing. */
    PictureReader(PictureFile file) {
        this.file = file;
    }

    /**
     * Reads no more of the file than its beginning.
     *
     * @throws InvalidInputException if it cannot be read, is no picture, is too large, or has colours that are neither
     *     grey nor RGB
     */
    PictureHeader readHeader() {
        try (InputStream stream = Files.newInputStream(file.path())) {
            return decode(stream, this::header);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** What is wrong if memory runs out while the picture is read, or anything is done with it. */
    InvalidInputException outOfMemory() {
        return file.invalid(
                size() + " for which memory ran out",
                "one that " + HeapLimit.words() + " can hold while it is read",
                HeapLimit.advice() + ", or make the picture smaller");
    }

    private String size() {
        try {
            return "a picture " + readHeader().sizeInWords();
        } catch (InvalidInputException | OutOfMemoryError e) {
            return "a picture";
        }
    }

    /**
     * Reads the file as it is stored.
     *
     * @throws InvalidInputException if it cannot be read
     */
    byte[] readContent() {
        try {
            return Files.readAllBytes(file.path());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Decodes the picture in its own colours.
     *
     * @param content of the file
     * @throws InvalidInputException if it is no picture, or is damaged
     */
    BufferedImage decode(byte[] content) {
        try (InputStream stream = new ByteArrayInputStream(content)) {
            return decode(stream, this::pixels);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** @throws IOException if the stream cannot be read; what is wrong with its content is reported as such */
    private <R> R decode(InputStream content, Step<R> step) throws IOException {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(content)) {
            PictureFormat format = format(stream);
            ImageReader reader = format.newReader();
            try {
                reader.setInput(stream, true, true);
                return step.take(reader);
            } catch (InvalidInputException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                OutOfMemoryError memory = HeapLimit.behind(e);
                if (memory != null) {
                    throw memory;
                }
                // On damaged data the readers also throw whatever their arithmetic on wrong numbers ends in.
                throw file.invalid(
                        format + " data that cannot be decoded (" + e.getMessage() + ")",
                        "a picture",
                        "copy the file again, or remove it");
            } finally {
                reader.dispose();
            }
        }
    }

    private PictureFormat format(ImageInputStream stream) throws IOException {
        byte[] start = new byte[PictureFormat.SIGNATURE_BYTES];
        stream.mark();
        int length = Math.max(0, stream.read(start));
        stream.reset();
        if (length == 0) {
            throw file.invalid("an empty file", "a picture", "copy the file again, or remove it");
        }
        return PictureFormat.of(start)
                .orElseThrow(() -> file.invalid(
                        "neither PNG nor JPEG data", "a picture in one of these formats", "convert it, or remove it"));
    }

    private PictureHeader header(ImageReader reader) throws IOException {
        int height = reader.getHeight(0);
        int width = reader.getWidth(0);
        ColorModel colors = colors(reader.getImageTypes(0));
        PictureHeader header = new PictureHeader(height, width, isGrey(colors));
        if ((long) height * width > MOST_PIXELS) {
            throw file.invalid(
                    "a picture " + header.sizeInWords(),
                    "at most " + MOST_PIXELS + " pixels",
                    "make it smaller, or remove it");
        }
        return header;
    }

    /** The colours in which the reader gives the picture if it is not asked for others: the first ones. */
    private ColorModel colors(Iterator<ImageTypeSpecifier> types) {
        if (types.hasNext()) {
            ColorModel colors = types.next().getColorModel();
            int kind = colors.getColorSpace().getType();
            if (kind == ColorSpace.TYPE_GRAY || kind == ColorSpace.TYPE_RGB) {
                return colors;
            }
        }
        throw file.invalid(
                "colours that are neither grey nor RGB, perhaps those of a printer (CMYK)",
                "a grey or RGB picture",
                "convert it, or remove it");
    }

    private static boolean isGrey(ColorModel colors) {
        if (colors instanceof IndexColorModel palette) {
            return IntStream.range(0, palette.getMapSize())
                    .allMatch(entry -> palette.getRed(entry) == palette.getGreen(entry)
                            && palette.getRed(entry) == palette.getBlue(entry));
        }
        return colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    private BufferedImage pixels(ImageReader reader) throws IOException {
        List<String> damage = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (DAMAGE.matcher(warning).lookingAt()) {
                damage.add(warning);
            }
        });
        BufferedImage picture = reader.read(0);
        if (!damage.isEmpty()) {
            throw new IOException(damage.get(0));
        }
        return picture;
    }

    private InvalidInputException unreadable(IOException failure) {
        return file.invalid(FileFailures.reason(failure), "a file that can be read", "");
    }

    /** What is done with a reader that has its input. */
    @FunctionalInterface
    private interface Step<R> {
        /** Reads with the reader, which the caller disposes of. */
        R take(ImageReader reader) throws IOException;
    }
}
