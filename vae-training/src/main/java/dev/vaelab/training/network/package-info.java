/** Networks and tensors of parts composed of {@link dev.vaelab.api.tensor.TensorOperations}: what every engine has. */
package dev.vaelab.training.network;
