/** Tables of the terminal. */
package dev.vaelab.cli.table;
