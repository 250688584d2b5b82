/**
 * The program's side on Spark: what {@link dev.vaelab.experiment.cluster} asks of a cluster. Loaded with the program, by the
 * {@link dev.vaelab.spark.task.IsolatingClassLoader}; never serialized.
 */
package dev.vaelab.spark.cluster;
