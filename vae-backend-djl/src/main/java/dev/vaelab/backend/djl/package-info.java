/**
 * An engine on the Deep Java Library (DJL) with PyTorch.
 *
 * <p>{@link dev.vaelab.backend.djl.DjlBackend} is the only public class; the service loader finds it. Tensors are DJL's
 * {@link ai.djl.ndarray.NDArray}s, and every one of them belongs to a scope or to the engine, so that memory does not grow with
 * steps.
 *
 * <p>Three decisions carry the speed. Images are kept with channels last inside the network, the order for which PyTorch's
 * convolutions are fastest; weights are stored in the order that fits, and turned into the canonical one only where they
 * cross the border ({@code TensorLayout}). What PyTorch has but DJL does not offer (transposed convolution and its derivatives,
 * the fused Adam), and what goes better as one call, such as a whole network, forward or back, is a TorchScript module that is
 * written as text ({@code operators.py}). And batch normalization, which memory bounds, has few passes over its features in training ({@code
 * normalize_relu}) and none in evaluation.
 */
package dev.vaelab.backend.djl;
