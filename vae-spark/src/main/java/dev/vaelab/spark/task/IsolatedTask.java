package dev.vaelab.spark.task;

import java.util.Iterator;
import java.util.Map;

/**
 * What the program's side does of a partition; its class is of that side and named, and has a public constructor without parameters.
 * Only what is of the JDK, or of this package, may go in and out.
 */
public interface IsolatedTask {
    /**
     * Does a partition.
     *
     * @param settings what all partitions have in common
     * @param rows of the partition
     * @return the results, in the order of the rows
     * @throws TaskFailure if it cannot be done
     */
    Iterator<Object> run(Map<String, Object> settings, Iterator<Object> rows, Attempt attempt);
}
