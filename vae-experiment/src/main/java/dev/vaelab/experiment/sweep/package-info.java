/** Runs of one experiment with different settings: which there are, how far they are, and which is best. */
package dev.vaelab.experiment.sweep;
