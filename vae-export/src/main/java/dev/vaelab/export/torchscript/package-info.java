/**
 * Models as TorchScript: archives that PyTorch loads without a class of Python, in folders that DJL and DJL Serving load.
 *
 * <p>Written from Java alone: source in the form in which TorchScript serializes code, a pickle of the module, the values of its
 * tensors (PyTorch, <em>TorchScript serialization</em>, {@code torch/csrc/jit/docs/serialization.md}).
 */
package dev.vaelab.export.torchscript;
