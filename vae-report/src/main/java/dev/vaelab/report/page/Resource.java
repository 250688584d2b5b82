package dev.vaelab.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts that are part of the program. */
public final class Resource {
    private Resource() {}

    /**
     * The text of a file on the class path.
     *
     * @param path beside this class, or from the root if it begins with a slash
     * @throws IllegalStateException if there is no such file: the program is not whole
     */
    public static String text(String path) {
        try (InputStream stream = Resource.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("the program lacks its file " + path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
