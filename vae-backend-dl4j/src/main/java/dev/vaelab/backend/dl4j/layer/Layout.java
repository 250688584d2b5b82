package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.backend.dl4j.operation.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the values of a canonical tensor lie inside the engine: the tensor, seen in a shape, has its axes permuted.
 *
 * @param seen the shape as which the canonical tensor is seen, of as many values
 * @param axes which axis of that shape comes first, second, ... inside
 */
public record Layout(long[] seen, int[] axes) {
    /** As the canonical tensor lies. */
    public static Layout same(long... shape) {
        return new Layout(shape, IntStream.range(0, shape.length).toArray());
    }

    /** The shape inside the engine. */
    public long[] inside() {
        return IntStream.of(axes).mapToLong(axis -> seen[axis]).toArray();
    }

    /** Number of values. */
    public long size() {
        long size = 1;
        for (long length : seen) {
            size *= length;
        }
        return size;
    }

    /**
     * Fills an array of the engine.
     *
     * @param canonical values in canonical order
     * @param destination as many values, of any shape
     */
    public void write(float[] canonical, INDArray destination) {
        try (INDArray source = Arrays.of(canonical, seen)) {
            destination.reshape(inside()).assign(source.permute(axes));
        }
    }

    /** The values of an array of the engine, in canonical order. */
    public float[] read(INDArray source) {
        int[] inverse = new int[axes.length];
        for (int position = 0; position < axes.length; position++) {
            inverse[axes[position]] = position;
        }
        return Arrays.values(source.reshape(inside()).permute(inverse));
    }
}
