/**
 * The composition root: how an experiment's parts are put together. Nothing outside this package and the commands knows
 * that Guice does it.
 */
package dev.vaelab.experiment.wiring;
