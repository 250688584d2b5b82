/** Densities that are fitted to the latents of a run once it is trained, and kept in its folder, to draw samples from. */
package dev.vaelab.experiment.sampling;
