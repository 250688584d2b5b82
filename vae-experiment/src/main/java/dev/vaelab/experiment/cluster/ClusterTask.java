package dev.vaelab.experiment.cluster;

import java.util.Iterator;
import java.util.Map;

/**
 * One part of a job, done on one of the machines of a cluster. A class has a public constructor without parameters; an object of it is
 * made for each part.
 *
 * <p>What is given and what comes back crosses from one machine to another, and from one class loader to another: types of the JDK that
 * can be serialized, and nothing of ours.
 */
public interface ClusterTask {
    /**
     * Does it.
     *
     * @param settings what all parts of the job have in common
     * @param rows what this part is about; may be read as the results are, without ever holding all of them
     * @param place where it is done
     * @return the results, in the order of the rows; made while they are read, if that saves memory
     * @throws dev.vaelab.api.InvalidInputException if the job cannot be done as it was asked for
     * @throws dev.vaelab.api.RunFailedException if it failed; its message is what a person reads at the other end
     */
    Iterator<Object> run(Map<String, Object> settings, Iterator<Object> rows, TaskPlace place);
}
