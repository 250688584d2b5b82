package dev.vaelab.backend.dl4j.operation;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of two arrays, one of them multiplied by a number that may change with each execution; see {@link WithNumber}. */
public final class ScaledSum {
    private Operation operation;

    /**
     * Executes: out = factor * left + right, element by element.
     *
     * @param out of the same shape; may be one of the others
     */
    public void run(double factor, INDArray left, INDArray right, INDArray out) {
        // Whatever its name promises, the operation multiplies its second input.
        List<INDArray> inputs = List.of(right, left);
        if (operation == null) {
            operation = new Operation("axpy", inputs, List.of(out));
        }
        operation.rebind(inputs, List.of(out)).numbers(factor).run();
    }
}
