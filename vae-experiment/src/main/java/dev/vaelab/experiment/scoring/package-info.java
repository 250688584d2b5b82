/** How likely a model finds each image of a data set: the table of it, and what it says of two data sets. */
package dev.vaelab.experiment.scoring;
