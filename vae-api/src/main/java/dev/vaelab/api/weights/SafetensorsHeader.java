package dev.vaelab.api.weights;

import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, as it stands there.
 *
 * @param tensors in the order of the file
 * @param metadata text by key
 */
record SafetensorsHeader(List<Entry> tensors, Map<String, String> metadata) {
    /** The key of the metadata among the names of the tensors. */
    static final String METADATA = "__metadata__";

    /** The longest header that the format's reference implementation reads. */
    static final int MAXIMUM_LENGTH = 100_000_000;

    /** Bytes before the header: its length, little-endian. */
    static final int LENGTH_BYTES = Long.BYTES;

    /**
     * What the header says about one tensor.
     *
     * @param name name
     * @param dtype type of the values, as it is written
     * @param shape sizes, outermost first, not negative
     * @param begin first byte of the values, counted from the end of the header, not negative
     * @param end byte after the values, likewise
     */
    record Entry(String name, String dtype, List<Long> shape, long begin, long end) {
        /**
         * Whether this is PyTorch's count of the batches that a batch normalization has seen. State dicts have one for
         * each layer, as a whole number; it matters only to a normalization without momentum, which ours are not.
         */
        boolean isBatchCount() {
            return dtype.equals("I64") && (name.equals("num_batches_tracked") || name.endsWith(".num_batches_tracked"));
        }

        /** The offsets as the file writes them. */
        String offsets() {
            return "[" + begin + ", " + end + "]";
        }
    }
}
