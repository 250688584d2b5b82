package dev.vaelab.backend.dl4j.operation;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adam's update without the correction of bias, made once and applied to parameters of any shape.
 *
 * <p>The operation's own correction of the bias of the moments is switched off, by claiming a step so late that it is 1: its
 * epsilon would come inside the corrected root. Whoever calls puts the correction into rate and epsilon.
 */
public final class AdamUpdate {
    /** A step at which the operation's own bias correction is 1 for every beta below 0.9999999. */
    private static final long LATE_STEP = 1_000_000_000;

    private Operation operation;

    /**
     * Executes: firstMoment = beta1 * firstMoment + (1 - beta1) * gradient, secondMoment likewise of the squared
     * gradient, update = rate * firstMoment / (sqrt(secondMoment) + epsilon). All arrays have one shape.
     *
     * @param rate not 0, which the operation would take for an underflow and replace
     */
    public void run(
            INDArray gradient,
            INDArray firstMoment,
            INDArray secondMoment,
            INDArray update,
            double rate,
            double beta1,
            double beta2,
            double epsilon) {
        List<INDArray> inputs = List.of(gradient, secondMoment, firstMoment);
        List<INDArray> outputs = List.of(update, secondMoment, firstMoment);
        if (operation == null) {
            operation = new Operation("adam_updater", inputs, outputs).integers(LATE_STEP);
        }
        operation.rebind(inputs, outputs).numbers(rate, beta1, beta2, epsilon).run();
    }
}
