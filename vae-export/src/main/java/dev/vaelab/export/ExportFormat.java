package dev.vaelab.export;

import java.util.Locale;

/** What a model can be exported as. */
public enum ExportFormat {
    /** {@code encoder.onnx} and {@code decoder.onnx}, for ONNX Runtime and whatever else reads ONNX. */
    ONNX,
    /** Two folders, each with a TorchScript archive and {@code serving.properties}, for DJL, DJL Serving and PyTorch. */
    TORCHSCRIPT,
    /** Weights, configuration, a model in PyTorch and a model card, as a repository of Hugging Face has them. */
    HUGGINGFACE;

    /** The name for people and options. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
