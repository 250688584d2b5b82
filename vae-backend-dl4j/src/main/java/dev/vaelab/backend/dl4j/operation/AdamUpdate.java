package dev.vaelab.backend.dl4j.operation;

/** Adam's update of one vector of parameters, without the correction of bias. */
public final class AdamUpdate {
    /** A step at which the operation's own bias correction is 1 for every beta below 0.9999999. */
    static final long LATE_STEP = 1_000_000_000;

    private final Operation operation;

    AdamUpdate(Operation operation) {
        this.operation = operation;
    }

    /**
     * Executes: firstMoment = beta1 * firstMoment + (1 - beta1) * gradient, secondMoment likewise of the squared
     * gradient, update = rate * firstMoment / (sqrt(secondMoment) + epsilon).
     *
     * @param rate not 0, which the operation would take for an underflow and replace
     */
    public void run(double rate, double beta1, double beta2, double epsilon) {
        operation.numbers(rate, beta1, beta2, epsilon).run();
    }
}
