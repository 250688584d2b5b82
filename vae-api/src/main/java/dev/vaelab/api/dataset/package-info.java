/**
 * Data sets as engine-neutral data: images, labels, splits, batches for training and evaluation, and the service provider
 * interface by which a jar adds a data set.
 */
package dev.vaelab.api.dataset;
