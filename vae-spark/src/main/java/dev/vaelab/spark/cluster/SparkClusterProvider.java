package dev.vaelab.spark.cluster;

import dev.vaelab.experiment.cluster.Cluster;
import dev.vaelab.experiment.cluster.ClusterProvider;
import dev.vaelab.experiment.cluster.ClusterSettings;

/** Reaches a cluster of Apache Spark from its driver. */
public final class SparkClusterProvider implements ClusterProvider {
    @Override
    public Cluster open(ClusterSettings settings) {
        return SparkCluster.open(settings);
    }
}
