/** This program in a Java machine of its own: what a child does to itself, it does not do to its parent. */
package dev.vaelab.experiment.process;
