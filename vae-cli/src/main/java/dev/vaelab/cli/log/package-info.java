/** The log of a run: a file that the program's logging implementation writes, which a library must not choose. */
package dev.vaelab.cli.log;
