package dev.vaelab.backend.dl4j.operation;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A function of two values, element by element, made once and applied to arrays of any shape; see {@link Operation}. */
public final class Pairwise {
    private final Maker maker;
    private Operation operation;

    private Pairwise(Maker maker) {
        this.maker = maker;
    }

    /** left + right. */
    public static Pairwise sum() {
        return new Pairwise(Operations::sum);
    }

    /** left - right. */
    public static Pairwise difference() {
        return new Pairwise(Operations::difference);
    }

    /** left * right. */
    public static Pairwise product() {
        return new Pairwise(Operations::product);
    }

    /**
     * Applies the function to arrays of one shape.
     *
     * @param out receives the results; may be one of the others
     * @return out
     */
    public INDArray apply(INDArray left, INDArray right, INDArray out) {
        if (operation == null) {
            operation = maker.make(left, right, out);
        }
        operation.rebind(List.of(left, right), List.of(out)).run();
        return out;
    }

    private interface Maker {
        Operation make(INDArray left, INDArray right, INDArray out);
    }
}
