/** Backends that break their contract as badly as a backend can. */
package dev.vaelab.experiments.hostile;
