/**
 * Weights as engine-neutral data: canonical names, PyTorch's layouts, float32, safetensors files.
 *
 * <p>Everything an engine is given or gives back goes through {@link dev.vaelab.api.weights.NamedTensors}.
 */
package dev.vaelab.api.weights;
