/** Posteriors of images as a file for other programs. */
package dev.vaelab.experiment.encoding;
