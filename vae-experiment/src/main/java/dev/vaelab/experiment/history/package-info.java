/** Runs that were recorded: a list of them with their figures, and what is different between two. */
package dev.vaelab.experiment.history;
