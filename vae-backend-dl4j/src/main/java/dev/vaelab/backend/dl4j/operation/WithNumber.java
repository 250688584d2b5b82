package dev.vaelab.backend.dl4j.operation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseScalarOp;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.factory.Nd4j;

/** A function of each value and of a number that may change with each execution; see {@link Elementwise}. */
public final class WithNumber {
    private final BaseScalarOp operation;

    private WithNumber(BaseScalarOp operation) {
        this.operation = operation;
    }

    /** number * x. */
    public static WithNumber product() {
        return new WithNumber(new ScalarMultiplication(Arrays.constant(0, 1), 1));
    }

    /** x + number. */
    public static WithNumber sum() {
        return new WithNumber(new ScalarAdd(Arrays.constant(0, 1), 1));
    }

    /**
     * Applies the function.
     *
     * @param in values
     * @param out receives the results; of the same shape, or the same array
     * @return out
     */
    public INDArray apply(INDArray in, double number, INDArray out) {
        Arrays.floats(operation.scalar()).put(0, (float) number);
        operation.setX(in);
        operation.setZ(out);
        return Nd4j.getExecutioner().exec(operation);
    }
}
