/**
 * Whether two engines compute the same training: the same weights, batches and noise into both, and every number that
 * comes out compared.
 */
package dev.vaelab.training.parity;
