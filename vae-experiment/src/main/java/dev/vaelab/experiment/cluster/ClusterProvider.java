package dev.vaelab.experiment.cluster;

import dev.vaelab.api.RunFailedException;
import java.util.ServiceLoader;

/** Reaches clusters of one kind; found with {@link ServiceLoader} by the class loader of the program. */
public interface ClusterProvider {
    /**
     * Reaches a cluster.
     *
     * @throws dev.vaelab.api.InvalidInputException if there is none where the settings say, or they are wrong
     * @throws RunFailedException if it does not take us
     */
    Cluster open(ClusterSettings settings);

    /**
     * The one of the program that runs.
     *
     * @throws RunFailedException if it was started without
     */
    static ClusterProvider ofProgram() {
        return ServiceLoader.load(ClusterProvider.class, ClusterProvider.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new RunFailedException(
                        "found no Apache Spark in this process, expected the program to be"
                                + " started by the launcher (vae spark) or by spark-submit",
                        null));
    }
}
