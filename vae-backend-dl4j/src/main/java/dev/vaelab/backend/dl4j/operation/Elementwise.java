package dev.vaelab.backend.dl4j.operation;

import java.nio.FloatBuffer;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseScalarOp;
import org.nd4j.linalg.api.ops.BaseTransformOp;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A function of each value of an array, made once and applied to arrays of any shape.
 *
 * <p>The engine's own methods with a number make a native scalar in each call, which waits for the garbage collector.
 */
public interface Elementwise {
    /**
     * Below this the first terms of a series, in float64, are exact to float32's last digit, and above it so are formulas of exp and
     * log, which Java computes many times faster than {@link Math#expm1} and {@link Math#log1p}.
     */
    double SMALL = 1e-5;

    /** log(1 + x), to float32's last digit. */
    DoubleUnaryOperator LOG_OF_ONE_PLUS = x -> Math.abs(x) < SMALL ? x - x * x / 2 : Math.log(1 + x);

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

    /** log(x). */
    static Elementwise logarithm() {
        return of(new Log());
    }

    /** The square root. */
    static Elementwise squareRoot() {
        return of(new Sqrt());
    }

    /** 1 / (1 + exp(-x)). */
    static Elementwise sigmoid() {
        return of(new Sigmoid());
    }

    /** max(x, 0). */
    static Elementwise rectified() {
        return of(new RectifiedLinear(Arrays.constant(0, 1), 0));
    }

    /** 1 where x is positive, else 0. */
    static Elementwise positive() {
        return of(new Step(Arrays.constant(0, 1), 0));
    }

    /** exp(x) - 1; the engine's operation gives 0 for the smallest x. */
    static Elementwise exponentialMinusOne() {
        return inFloat64(x -> Math.abs(x) < SMALL ? x + x * x / 2 : Math.exp(x) - 1);
    }

    /** log(1 + x); the engine's operation gives 0 for the smallest x. */
    static Elementwise logarithmOfOnePlus() {
        return inFloat64(LOG_OF_ONE_PLUS);
    }

    /** log(1 + exp(x)); the engine's operation gives 0 for x below -16. */
    static Elementwise softplus() {
        return inFloat64(x -> Math.max(x, 0) + LOG_OF_ONE_PLUS.applyAsDouble(Math.exp(-Math.abs(x))));
    }

    private static Elementwise inFloat64(DoubleUnaryOperator function) {
        return (in, out) -> {
            FloatBuffer values = Arrays.floats(in);
            FloatBuffer results = Arrays.floats(out);
            for (int index = 0; index < values.limit(); index++) {
                results.put(index, (float) function.applyAsDouble(values.get(index)));
            }
            return out;
        };
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
