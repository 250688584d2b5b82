/**
 * The variational autoencoder as four seams: {@link dev.vaelab.api.model.Encoder}, {@link dev.vaelab.api.model.Sampler},
 * {@link dev.vaelab.api.model.Decoder} and {@link dev.vaelab.api.model.Loss}, and its shape,
 * {@link dev.vaelab.api.model.Architecture}.
 *
 * <p>The type parameter {@code T} of the seams is the tensor type of an engine. Tensors stay in the engine between the
 * seams; only images, noise, weights and figures cross its border, as plain arrays.
 *
 * <p>Source of the model: D. P. Kingma and M. Welling, <em>Auto-Encoding Variational Bayes</em>, 2014,
 * arXiv:1312.6114.
 */
package dev.vaelab.api.model;
