package dev.vaelab.spark.task;

import java.nio.file.Path;

/**
 * One attempt to do a task.
 *
 * @param host the machine
 * @param home the distribution on it
 * @param scratch a folder of this attempt, removed at its end
 * @param cpus processors of the task
 * @param number 0 for the first attempt
 */
public record Attempt(String host, Path home, Path scratch, int cpus, int number) {
    /** Whether Spark does not want the result any more. */
    public boolean cancelled() {
        org.apache.spark.TaskContext context = org.apache.spark.TaskContext.get();
        return context != null && context.isInterrupted();
    }
}
