/** What latents are good for: how well the labels of images can be told from them, by simple classifiers that never saw the images. */
package dev.vaelab.training.probe;
