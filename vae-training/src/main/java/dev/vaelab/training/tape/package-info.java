/** Derivatives of programs over {@link dev.vaelab.api.tensor.TensorOperations}, in terms of the same operations. */
package dev.vaelab.training.tape;
