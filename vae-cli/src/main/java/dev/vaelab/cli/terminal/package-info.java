/** What the program shows on standard output and standard error: the one place that all of it passes. */
package dev.vaelab.cli.terminal;
