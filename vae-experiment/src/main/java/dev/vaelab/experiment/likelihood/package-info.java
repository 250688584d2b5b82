/** Estimates of the likelihood that a run keeps: each with a stamp that says of which weights and images it is, and by how many samples. */
package dev.vaelab.experiment.likelihood;
