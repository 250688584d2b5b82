package dev.vaelab.backend.dl4j.layer;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;

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
     * Fills a place of the engine.
     *
     * @param canonical values in canonical order
     * @param values receives as many
     */
    public void write(float[] canonical, FloatBuffer values) {
        int[] positions = canonicalPositions();
        for (int index = 0; index < positions.length; index++) {
            values.put(index, canonical[positions[index]]);
        }
    }

    /**
     * The values of a place of the engine, in canonical order.
     *
     * @param values as many
     */
    public float[] read(FloatBuffer values) {
        int[] positions = canonicalPositions();
        float[] canonical = new float[positions.length];
        for (int index = 0; index < positions.length; index++) {
            canonical[positions[index]] = values.get(index);
        }
        return canonical;
    }

    /** For each value in the order inside the engine, its position in canonical order. */
    private int[] canonicalPositions() {
        int[] positions = {0};
        for (int axis : axes) {
            int length = Math.toIntExact(seen[axis]);
            int step = 1;
            for (int inner = axis + 1; inner < seen.length; inner++) {
                step = Math.toIntExact(step * seen[inner]);
            }
            int[] expanded = new int[positions.length * length];
            for (int index = 0; index < expanded.length; index++) {
                expanded[index] = positions[index / length] + index % length * step;
            }
            positions = expanded;
        }
        return positions;
    }
}
