package dev.vaelab.backend.dl4j.operation;

/** The sum of two vectors, one of them multiplied by a number that may change with each execution. */
public final class ScaledSum {
    private final Operation operation;

    ScaledSum(Operation operation) {
        this.operation = operation;
    }

    /** Executes: out = factor * left + right. */
    public void run(double factor) {
        operation.numbers(factor).run();
    }
}
