/** Tables: those that fit a terminal, and those in files. */
package dev.vaelab.experiment.table;
