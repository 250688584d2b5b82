/** An engine on TensorFlow. */
package dev.vaelab.backend.tensorflow;
