package dev.vaelab.backend.dl4j.operation;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of each entry of a batch, made once and applied to batches of any size; see {@link Operation}. */
public final class SumOfEach {
    private Operation operation;

    /**
     * Sums up.
     *
     * @param batch [images, ...], always of the same rank
     * @param sums receives the sums, [images]
     * @return sums
     */
    public INDArray apply(INDArray batch, INDArray sums) {
        if (operation == null) {
            operation = Operations.sumOfEach(batch, sums);
        }
        operation.rebind(List.of(batch), List.of(sums)).run();
        return sums;
    }
}
