/**
 * What an engine is good at: arithmetic on its tensors. Everything that a variational autoencoder is made of is written over
 * {@link dev.vaelab.api.tensor.TensorOperations}, once for all engines.
 */
package dev.vaelab.api.tensor;
