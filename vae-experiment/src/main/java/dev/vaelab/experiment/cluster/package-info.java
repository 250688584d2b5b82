/**
 * Jobs on many machines, as far as they do not depend on what carries them: what a {@link dev.vaelab.experiment.cluster.Cluster} offers, and
 * the {@link dev.vaelab.experiment.cluster.ClusterTask tasks} that it does. The module vae-spark carries them on Apache Spark.
 */
package dev.vaelab.experiment.cluster;
