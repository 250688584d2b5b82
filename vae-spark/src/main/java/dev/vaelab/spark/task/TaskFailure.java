package dev.vaelab.spark.task;

import java.util.ArrayList;
import java.util.List;

/** Why a task did not come to its end, in words for people; crosses from an executor to the driver. */
public final class TaskFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean invalidInput;
    private final String host;
    private final ArrayList<String> problems;

    /**
     * A failure.
     *
     * @param host where
     * @param message what went wrong
     * @param invalidInput whether the job was wrong, rather than something about the machine
     * @param problems place, found, expected and advice of each problem of the input, in turn
     */
    public TaskFailure(String host, String message, boolean invalidInput, List<String> problems) {
        super(message);
        this.host = host;
        this.invalidInput = invalidInput;
        this.problems = new ArrayList<>(problems);
    }

    /** A failure of the machine or its installation. */
    public TaskFailure(String host, String message) {
        this(host, message, false, List.of());
    }

    /** Where it happened. */
    public String host() {
        return host;
    }

    /** Whether the job was wrong, rather than something about the machine. */
    public boolean invalidInput() {
        return invalidInput;
    }

    /** Place, found, expected and advice of each problem of the input, in turn. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The message alone: Spark shows it. */
    @Override
    public String toString() {
        return host + ": " + getMessage();
    }
}
