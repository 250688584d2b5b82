/** A variational autoencoder on any engine, written once: its networks, parts, training step and state. */
package dev.vaelab.training.model;
