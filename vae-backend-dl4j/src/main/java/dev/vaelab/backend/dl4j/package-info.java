/**
 * Deeplearning4j and ND4J as an engine: operations on arrays, networks as computation graphs of layers of our own, and updates
 * of optimizers.
 *
 * <p>Operations give arrays that belong to the scope that is open; behind them, the graphs keep their own arrays from step
 * to step. Workspaces are off: they gave results that differed from run to run, and there is nothing left for them to do.
 */
package dev.vaelab.backend.dl4j;
