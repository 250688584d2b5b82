package dev.vaelab.backend.dl4j.operation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradient of ReLU: passes a gradient where the output was positive. The engine's own operation for it is ten times
 * slower.
 */
public final class PositiveMask {
    private final Step step;
    private final Operation product;

    /**
     * Prepares the mask.
     *
     * @param output what ReLU gave
     * @param result receives the masked gradient
     */
    public PositiveMask(INDArray output, INDArray result) {
        step = new Step(output, result);
        product = Operations.product(result, result, result);
    }

    /** result = gradient where output is positive, else 0. */
    public void run(INDArray gradient) {
        Nd4j.getExecutioner().exec(step);
        product.input(1, gradient).run();
    }
}
