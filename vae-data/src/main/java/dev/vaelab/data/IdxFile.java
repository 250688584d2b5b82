package dev.vaelab.data;

import java.util.List;

/**
 * The content of an IDX file of unsigned bytes.
 *
 * @param sizes of the dimensions, outermost first, positive; the first counts images or labels
 * @param values in row-major order
 * @param sha256 of the uncompressed file, in hexadecimal
 */
record IdxFile(List<Integer> sizes, byte[] values, String sha256) {
    /** Number of images or labels. */
    int count() {
        return sizes.get(0);
    }
}
