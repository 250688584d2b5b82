package dev.vaelab.report.mlflow;

/** How a run is, as MLflow has it. */
enum RunStatus {
    /** It goes on. */
    RUNNING(1),
    /** It is done, and its best weights are tested. */
    FINISHED(3),
    /** Something failed. */
    FAILED(4),
    /** It was asked to stop, and can be resumed. */
    KILLED(5);

    private final int number;

    RunStatus(int number) {
        this.number = number;
    }

    /** The number in files, of {@code RunStatus} in MLflow's {@code service.proto}. */
    int number() {
        return number;
    }
}
