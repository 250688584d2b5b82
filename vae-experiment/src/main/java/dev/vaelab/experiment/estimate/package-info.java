/**
 * Estimates that a run keeps, of the likelihood and of where its KL goes: each with a stamp that says of which weights and images it
 * is, and by how many samples.
 */
package dev.vaelab.experiment.estimate;
