package dev.vaelab.experiment.cluster;

import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Machines that do the parts of a job. Several threads may give it work at once. */
public interface Cluster extends AutoCloseable {
    /** The threads of each part. */
    int threads();

    /**
     * Goes on only if an engine that is loaded into a process of the cluster has {@link #threads()}: native libraries read that of the
     * environment in which their process begins.
     *
     * @throws dev.vaelab.api.InvalidInputException if it has another number, and so results with other last digits
     */
    void requireThreads();

    /** How many parts are done at once, as far as is known by now; at least one. */
    int slots();

    /** A folder that every machine reaches, as {@link TaskPlace#folder(String)}. */
    SharedFolder folder(String path);

    /**
     * Does a job of one part, and waits for its end. If its machine is lost, it is done once more on another one.
     *
     * @param name what people read of it
     * @param task what is to be done
     * @param settings types of the JDK only, see {@link ClusterTask}
     * @return what the task returns
     * @throws dev.vaelab.api.InvalidInputException as the task throws it
     * @throws dev.vaelab.api.RunFailedException as the task throws it, with the name of the machine; or if the cluster gave the job up
     */
    List<Object> run(String name, Class<? extends ClusterTask> task, Map<String, Object> settings);

    /**
     * Does a job of several parts, and waits for its end. Parts of a machine that is lost are done once more on another one.
     *
     * @param name what people read of it
     * @param task does one part after the other, and returns one result for each
     * @param settings types of the JDK only, see {@link ClusterTask}
     * @param parts what each is about; types of the JDK only
     * @return the results, in the order of the parts
     * @throws dev.vaelab.api.InvalidInputException as the task throws it
     * @throws dev.vaelab.api.RunFailedException as the task throws it, with the name of the machine; or if the cluster gave the job up
     */
    default List<Object> run(
            String name, Class<? extends ClusterTask> task, Map<String, Object> settings, List<?> parts) {
        return run(name, task, settings, parts, part -> {});
    }

    /**
     * Does a job of several parts as {@link #run(String, Class, Map, List)}, and tells of them while others are still being done.
     *
     * @param done told the index of each part that is done, in any order, on a thread that must not be kept waiting
     */
    List<Object> run(
            String name,
            Class<? extends ClusterTask> task,
            Map<String, Object> settings,
            List<?> parts,
            IntConsumer done);

    /** Gives up what is still being done. */
    void cancel();

    /** Gives up what is still being done, and leaves the machines. */
    @Override
    void close();
}
