/** Images that a model takes and gives, as pictures in memory. */
package dev.vaelab.experiment.picture;
