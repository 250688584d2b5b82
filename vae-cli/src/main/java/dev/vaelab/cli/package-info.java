/** The program: its entry point and its exit codes. */
package dev.vaelab.cli;
