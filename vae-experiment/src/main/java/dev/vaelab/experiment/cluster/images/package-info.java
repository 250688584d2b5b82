/**
 * Encoding, scoring and estimating the likelihoods of images on many machines: a job's images fall into parts, each of which writes its
 * piece of the table, and the pieces in their order are the table that one machine writes.
 */
package dev.vaelab.experiment.cluster.images;
