/**
 * Training and evaluation, once for every engine: the loop, the metrics, the notion of "best", checkpoints.
 *
 * <p>Everything here works through {@link dev.vaelab.api.backend.VaeModel} and its seams; the engine is only asked for
 * steps and forward passes.
 */
package dev.vaelab.training;
