package dev.vaelab.data;

import dev.vaelab.api.files.PathNames;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The name of a picture or of a class, as the bytes that it is: equal, ordered and hashed in the same way in every locale,
 * and for names that are no UTF-8 as well. The order is that of {@code LC_ALL=C sort}.
 */
final class PictureName implements Comparable<PictureName> {
    private final byte[] bytes;

    private PictureName(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The name that a path is, with slashes on every system. */
    static PictureName of(Path path) {
        return new PictureName(PathNames.bytes(path));
    }

    /** The name as the system has it; a copy. */
    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(PictureName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PictureName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The name for people; two names may look the same. */
    @Override
    public String toString() {
        return PathNames.text(bytes);
    }
}
