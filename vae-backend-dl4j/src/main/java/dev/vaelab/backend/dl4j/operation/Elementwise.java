package dev.vaelab.backend.dl4j.operation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseScalarOp;
import org.nd4j.linalg.api.ops.BaseTransformOp;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.TimesOneMinus;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A function of each value of an array, made once and applied to arrays of any shape.
 *
 * <p>The engine's own methods with a number make a native scalar in each call, which waits for the garbage collector.
 */
public interface Elementwise {
    /**
     * Applies the function.
     *
     * @param in values
     * @param out receives the results; of the same shape, or the same array
     * @return out
     */
    INDArray apply(INDArray in, INDArray out);

    /** exp(x). */
    static Elementwise exponential() {
        return of(new Exp());
    }

    /** log(1 + x). */
    static Elementwise logarithmOfOnePlus() {
        return of(new Log1p());
    }

    /** |x|. */
    static Elementwise absolute() {
        return of(new Abs());
    }

    /** 1 / (1 + exp(-x)). */
    static Elementwise sigmoid() {
        return of(new Sigmoid());
    }

    /** x (1 - x). */
    static Elementwise timesOneMinus() {
        return of(new TimesOneMinus());
    }

    /** max(x, 0). */
    static Elementwise rectified() {
        return of(new RectifiedLinear(Arrays.constant(0, 1), 0));
    }

    /** factor * x. */
    static Elementwise times(double factor) {
        return of(new ScalarMultiplication(Arrays.constant(0, 1), factor));
    }

    /** x + summand. */
    static Elementwise plus(double summand) {
        return of(new ScalarAdd(Arrays.constant(0, 1), summand));
    }

    private static Elementwise of(BaseTransformOp operation) {
        return (in, out) -> {
            operation.setX(in);
            operation.setZ(out);
            return Nd4j.getExecutioner().exec(operation);
        };
    }

    private static Elementwise of(BaseScalarOp operation) {
        return (in, out) -> {
            operation.setX(in);
            operation.setZ(out);
            return Nd4j.getExecutioner().exec(operation);
        };
    }
}
