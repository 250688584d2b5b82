/** How likely a model finds each image, and how well that tells the images of one data set from those of another. */
package dev.vaelab.training.score;
