package dev.vaelab.experiment.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Which data a run rests on, wherever they are: the same files have one identity under every path. */
public final class DataIdentity {
    private static final int SHOWN_BYTES = 4;

    private DataIdentity() {}

    /**
     * The beginning of a checksum of checksums, in hexadecimal.
     *
     * @param checksums of the files of a data set, by their names
     */
    public static String of(Map<String, String> checksums) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(checksums)
                .forEach((file, checksum) ->
                        lines.append(file).append(' ').append(checksum).append('\n'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(lines.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
