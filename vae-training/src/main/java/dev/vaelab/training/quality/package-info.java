/**
 * How near samples are to data: a Fréchet distance, and precision, recall, density and coverage by nearest neighbours, in the features
 * of a small classifier or in pixels.
 */
package dev.vaelab.training.quality;
