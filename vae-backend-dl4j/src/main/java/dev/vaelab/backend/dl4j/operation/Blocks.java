package dev.vaelab.backend.dl4j.operation;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Changes arrays value by value, in blocks that are copied into plain ones: a loop over those becomes vector instructions.
 *
 * <p>For what the engine would need several operations for, or has one that is less exact: a block stays in the processor's cache
 * until all is done with it.
 */
public final class Blocks {
    /** Of four arrays they fit into 32 KB, a processor's first cache. */
    static final int SIZE = 1024;

    private final float[][] blocks;
    private final int changed;

    /**
     * Blocks for so many arrays.
     *
     * @param changed how many of them, the first ones, are written back
     */
    public Blocks(int arrays, int changed) {
        this.blocks = new float[arrays][SIZE];
        this.changed = changed;
    }

    /** What becomes of a block. */
    @FunctionalInterface
    public interface Change {
        /**
         * Changes a block of each array.
         *
         * @param blocks of each array, in their order
         * @param count values that they hold
         */
        void apply(float[][] blocks, int count);
    }

    /** Changes arrays of as many values, in row-major order. */
    public void run(List<INDArray> arrays, Change change) {
        List<FloatBuffer> buffers = arrays.stream().map(Arrays::floats).toList();
        int length = buffers.get(0).limit();
        for (int begin = 0; begin < length; begin += SIZE) {
            int count = Math.min(SIZE, length - begin);
            for (int array = 0; array < blocks.length; array++) {
                buffers.get(array).get(begin, blocks[array], 0, count);
            }
            change.apply(blocks, count);
            for (int array = 0; array < changed; array++) {
                buffers.get(array).put(begin, blocks[array], 0, count);
            }
        }
    }
}
