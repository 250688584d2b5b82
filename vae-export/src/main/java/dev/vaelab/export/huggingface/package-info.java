/** Models as folders that are repositories of Hugging Face: weights, configuration, a model in PyTorch, a model card. */
package dev.vaelab.export.huggingface;
