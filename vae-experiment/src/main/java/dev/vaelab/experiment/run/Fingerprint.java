package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.files.FileFailures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what something rests on that a run keeps, such as an estimate, in hexadecimal. */
public final class Fingerprint {
    /** So many digits tell apart whatever one folder or one machine will ever hold. */
    private static final int SHOWN_BYTES = 8;

    private static final int CHUNK_BYTES = 1 << 16;

    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Of a text. */
    public static String of(String text) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.digest.update(text.getBytes(StandardCharsets.UTF_8));
        return fingerprint.text();
    }

    /** Of the pixels of images, in their order. */
    public static String of(ImageSubset images) {
        Fingerprint fingerprint = new Fingerprint();
        float[] pixels = new float[images.shape().size()];
        ByteBuffer bytes = ByteBuffer.allocate(pixels.length * Float.BYTES);
        for (int image = 0; image < images.count(); image++) {
            images.copyPixels(image, pixels, 0);
            bytes.asFloatBuffer().put(pixels);
            fingerprint.digest.update(bytes.array());
        }
        return fingerprint.text();
    }

    /**
     * Of a file.
     *
     * @throws InvalidInputException if it cannot be read
     */
    public static String of(Path file) {
        Fingerprint fingerprint = new Fingerprint();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(chunk.clear()) >= 0) {
                fingerprint.digest.update(chunk.flip());
            }
        } catch (IOException e) {
            throw new InvalidInputException(Problem.of(
                    file.toString(),
                    "a file that cannot be read (" + FileFailures.reason(e) + ")",
                    "the weights of the best epoch"));
        }
        return fingerprint.text();
    }

    private String text() {
        return HexFormat.of().formatHex(digest.digest(), 0, SHOWN_BYTES);
    }
}
