/**
 * The model on the Deep Java Library (DJL) with its PyTorch engine.
 *
 * <p>{@link dev.vaelab.backend.djl.DjlBackend} is the only public class; the service loader finds it. Tensors between the
 * seams are DJL's {@link ai.djl.ndarray.NDArray}s, and every one of them belongs to a scope or to the model, so that memory
 * does not grow with steps.
 *
 * <p>Two decisions carry the speed. Images are kept with channels last inside the network, the order for which
 * PyTorch's convolutions and batch normalization are fastest; weights are stored in the order that fits, and turned into
 * the canonical one only where they cross the border ({@code TensorLayout}). And what PyTorch has but DJL does not offer
 * (transposed convolution, gradients as values, the fused Adam) is reached through a TorchScript module that is written as
 * text ({@code TorchOperators}).
 */
package dev.vaelab.backend.djl;
