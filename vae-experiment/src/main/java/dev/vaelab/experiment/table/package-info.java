/** Tables that fit a terminal. */
package dev.vaelab.experiment.table;
