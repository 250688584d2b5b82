/** Training from a Java program: {@link dev.vaelab.experiment.Experiment}. The packages below are what it is made of. */
package dev.vaelab.experiment;
