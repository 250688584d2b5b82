/** Optimizers over the operations of any engine; an engine may replace the update by its own. */
package dev.vaelab.training.optimizer;
