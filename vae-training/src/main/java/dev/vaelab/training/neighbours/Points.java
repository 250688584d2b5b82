package dev.vaelab.training.neighbours;

/**
 * Vectors of one length, such as posterior means, features or pixels.
 *
 * @param dimensions of each of them
 * @param values vector after vector, [count, dimensions]; finite
 */
public record Points(int dimensions, float[] values) {
    /** @throws IllegalArgumentException if the values are no whole number of vectors, or one of them is not finite */
    public Points {
        if (dimensions < 1 || values.length % dimensions != 0) {
            throw new IllegalArgumentException(values.length + " values are no vectors of " + dimensions);
        }
        for (int index = 0; index < values.length; index++) {
            if (!Float.isFinite(values[index])) {
                throw new IllegalArgumentException("vector " + index / dimensions + " has the value " + values[index]
                        + " in dimension " + index % dimensions + ", which has no distance to anything");
            }
        }
    }

    /** How many vectors there are. */
    public int count() {
        return values.length / dimensions;
    }
}
