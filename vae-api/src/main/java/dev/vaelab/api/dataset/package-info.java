/**
 * Data sets as engine-neutral data: images, labels, splits, and the service provider interface by which a jar adds one.
 */
package dev.vaelab.api.dataset;
