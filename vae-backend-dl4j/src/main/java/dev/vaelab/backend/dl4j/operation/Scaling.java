package dev.vaelab.backend.dl4j.operation;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The product of an array with a number that seldom changes; see {@link Elementwise}. */
public final class Scaling {
    private double factor = 1;
    private Elementwise times = Elementwise.times(factor);

    /**
     * Multiplies an array in place.
     *
     * @return the array
     */
    public INDArray apply(INDArray array, double newFactor) {
        if (newFactor != factor) {
            factor = newFactor;
            times = Elementwise.times(factor);
        }
        return times.apply(array, array);
    }
}
