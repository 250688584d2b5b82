/**
 * What Spark's side and the program's side of a process have in common.
 *
 * <p>Spark has its own versions of what the program uses as well: Jackson, guava, logging. So their class paths are kept apart. Spark's has Spark
 * and the jar of this module, and serialized objects are of this package, which knows the JDK and Spark only. The program ({@code lib} of
 * the distribution) is loaded by an {@link dev.vaelab.spark.task.IsolatingClassLoader}, once in each process, which takes this package
 * and Spark from the other side. What crosses is of the JDK.
 */
package dev.vaelab.spark.task;
