/** Where a model places images in its latent space, made flat enough to be drawn. */
package dev.vaelab.report.latent;
