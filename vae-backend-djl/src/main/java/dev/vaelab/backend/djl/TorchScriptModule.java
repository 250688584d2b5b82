package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.network.Layer.BatchNormalization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The TorchScript module of this backend: everything that DJL does not offer, or not in one call. Belongs to the manager that it was made with. */
final class TorchScriptModule {
    private static final String NAME = "Operators";
    private static final String SOURCE = "operators.py";

    /** PyTorch's number of the type, c10::ScalarType::Float. */
    private static final int FLOAT32 = 6;

    /** PyTorch's number of the type, c10::ScalarType::Double. */
    private static final int FLOAT64 = 7;

    private final PtSymbolBlock block;

    /** Loads the module into the engine. */
    TorchScriptModule(NDManager manager) {
        try {
            block = JniUtils.loadModule((PtNDManager) manager, TorchScriptArchive.pack(NAME, source()), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private static String source() throws IOException {
        try (InputStream source = TorchScriptModule.class.getResourceAsStream(SOURCE)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("STRIDE", String.valueOf(Architecture.HALVING.stride()))
                    .replace("PADDING", String.valueOf(Architecture.HALVING.padding()))
                    .replace("EPSILON", String.valueOf(BatchNormalization.EPSILON))
                    .replace("MOMENTUM", String.valueOf(BatchNormalization.MOMENTUM))
                    .replace("KEPT", String.valueOf(1 - BatchNormalization.MOMENTUM))
                    .replace("FLOAT32", String.valueOf(FLOAT32))
                    .replace("FLOAT64", String.valueOf(FLOAT64));
        }
    }

    /** PyTorch's list of tensors, which the caller closes. */
    static IValue list(List<NDArray> tensors) {
        return IValue.listFrom(tensors.toArray(PtNDArray[]::new));
    }

    /** Calls a method of any values; nothing is recorded for gradients. The caller closes the result. */
    IValue run(String method, IValue... operands) {
        return IValueUtils.runMethod(block, method, operands);
    }
}
