/**
 * A page in which a person walks through the latent space of a trained model: what it is told, and what its questions are
 * answered.
 */
package dev.vaelab.report.explore;
