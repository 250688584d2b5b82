package dev.vaelab.data;

import dev.vaelab.api.files.PathNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** The formats of pictures that can be read. */
enum PictureFormat {
    /** Portable Network Graphics. */
    PNG("89504e470d0a1a0a", ".png"),
    /** JPEG, in JFIF or Exif files. */
    JPEG("ffd8ff", ".jpg", ".jpeg");

    /** Bytes of the longest signature. */
    static final int SIGNATURE_BYTES = 8;

    private final byte[] signature;
    private final List<String> suffixes;

    PictureFormat(String signature, String... suffixes) {
        this.signature = HexFormat.of().parseHex(signature);
        this.suffixes = List.of(suffixes);
    }

    /** Whether a file is called like a picture. */
    static boolean isNamed(Path fileName) {
        // Only ASCII matters, and bytes that are none must not hide it.
        String name = new String(PathNames.bytes(fileName), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return Stream.of(values()).flatMap(format -> format.suffixes.stream()).anyMatch(name::endsWith);
    }

    /**
     * The format of a picture, told by its content as everywhere else: names are often wrong.
     *
     * @param start the first {@link #SIGNATURE_BYTES} bytes, with zeros in the place of those that are missing
     */
    static Optional<PictureFormat> of(byte[] start) {
        return Stream.of(values()).filter(format -> format.begins(start)).findFirst();
    }

    /** A new reader of this format; the caller disposes of it. */
    ImageReader newReader() {
        return ImageIO.getImageReadersByFormatName(name()).next();
    }

    private boolean begins(byte[] start) {
        return Arrays.equals(signature, Arrays.copyOf(start, signature.length));
    }
}
