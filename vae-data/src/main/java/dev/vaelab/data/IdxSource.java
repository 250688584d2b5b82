package dev.vaelab.data;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where an IDX file comes from; nothing is open yet.
 *
 * @param place the file, for messages
 * @param name name of the uncompressed file, for provenance
 * @param storedBytes length of the file as it is stored, compressed or not; {@link Long#MAX_VALUE} if it is not known
 * @param opener opens the file, which may be compressed with gzip
 */
record IdxSource(String place, String name, long storedBytes, Opener opener) {
    /** Opens a file at its beginning. */
    @FunctionalInterface
    interface Opener {
        /** The stream, unbuffered; the caller closes it. */
        InputStream open() throws IOException;
    }
}
