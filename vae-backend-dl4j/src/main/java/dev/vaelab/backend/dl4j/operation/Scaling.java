package dev.vaelab.backend.dl4j.operation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.factory.Nd4j;

/** The product of an array with a number that may change with each execution; see {@link Elementwise}. */
public final class Scaling {
    private final ScalarMultiplication multiplication = new ScalarMultiplication(Arrays.constant(0, 1), 1);

    /**
     * Multiplies an array in place.
     *
     * @return the array
     */
    public INDArray apply(INDArray array, double factor) {
        Arrays.floats(multiplication.scalar()).put(0, (float) factor);
        multiplication.setX(array);
        multiplication.setZ(array);
        return Nd4j.getExecutioner().exec(multiplication);
    }
}
