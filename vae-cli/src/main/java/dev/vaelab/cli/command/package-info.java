/** The commands of the program, one class each. */
package dev.vaelab.cli.command;
