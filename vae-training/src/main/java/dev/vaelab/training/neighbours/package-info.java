/** Nearest neighbours by brute force: exact, in bounded memory, and the same on every engine, as none is asked. */
package dev.vaelab.training.neighbours;
