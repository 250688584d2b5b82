/** A density of latents that is fitted once a model is trained, to sample from in the place of its prior (Ghosh et al. 2020). */
package dev.vaelab.training.mixture;
