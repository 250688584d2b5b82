package dev.vaelab.experiment.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to reach a cluster.
 *
 * @param name what people there know the job by
 * @param master its address; nothing for what the cluster's own configuration says, else this machine
 * @param configuration its own keys, such as {@code spark.executor.memory}, which are told over whatever else says them
 * @param progress told what happens, line by line, by any thread
 */
public record ClusterSettings(
        String name, Optional<String> master, Map<String, String> configuration, Consumer<String> progress) {
    /** Copies the map. */
    public ClusterSettings {
        configuration = Map.copyOf(configuration);
    }
}
