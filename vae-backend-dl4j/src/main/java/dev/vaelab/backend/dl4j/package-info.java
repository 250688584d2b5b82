/**
 * The model on Deeplearning4j and ND4J: encoder and decoder are computation graphs of layers of our own, joined by
 * sampler and loss through external errors.
 *
 * <p>The seams give arrays that belong to the scope that is open; behind them, the graphs keep their own arrays from step
 * to step. Workspaces are off: they gave results that differed from run to run, and there is nothing left for them to do.
 */
package dev.vaelab.backend.dl4j;
