package dev.vaelab.testkit;

/** Tensors as vectors of Euclidean space. */
final class Euclidean {
    private Euclidean() {}

    /** Length of a tensor. */
    static double length(float[] values) {
        return distance(values, new float[values.length]);
    }

    /** Length of the difference of two tensors. */
    static double distance(float[] left, float[] right) {
        double squares = 0;
        for (int index = 0; index < left.length; index++) {
            double difference = (double) left[index] - right[index];
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }
}
