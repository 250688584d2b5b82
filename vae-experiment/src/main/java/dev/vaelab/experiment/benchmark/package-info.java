/**
 * How fast engines are: each measured in a Java machine of its own, warm, in turns, so that what else the machine does hits
 * all alike.
 */
package dev.vaelab.experiment.benchmark;
