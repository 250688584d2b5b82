package dev.vaelab.backend.dl4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks of what comes in at the seams. */
final class Shapes {
    private Shapes() {}

    /**
     * Checks that an array is a batch of things of a shape.
     *
     * @param what what the array holds, for the message
     * @param each shape of one thing
     * @throws IllegalStateException if the array's scope is closed
     * @throws IllegalArgumentException if the shape is another one
     */
    static void requireBatch(String what, INDArray array, long... each) {
        if (array.wasClosed()) {
            throw new IllegalStateException("the scope of these " + what + " is closed");
        }
        long[] found = array.shape();
        if (found.length != each.length + 1 || !Arrays.equals(found, 1, found.length, each, 0, each.length)) {
            throw new IllegalArgumentException(what + " need the shape [images, "
                    + Arrays.toString(each).substring(1) + ", found " + Arrays.toString(found));
        }
    }
}
