/**
 * The variational autoencoder: its networks and their shape ({@link dev.vaelab.api.model.Architecture}), and its other parts, each a
 * record of formulas over {@link dev.vaelab.api.tensor.Operand} that files choose by name: {@link dev.vaelab.api.model.Loss}, {@link
 * dev.vaelab.api.model.Likelihood}, {@link dev.vaelab.api.model.Prior} and {@link dev.vaelab.api.model.Sampler}.
 *
 * <p>Tensors stay in the engine; only images, noise, weights and figures cross its border, as plain arrays.
 *
 * <p>Source of the model: D. P. Kingma and M. Welling, <em>Auto-Encoding Variational Bayes</em>, 2014,
 * arXiv:1312.6114.
 */
package dev.vaelab.api.model;
