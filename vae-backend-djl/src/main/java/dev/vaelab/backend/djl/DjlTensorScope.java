package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import dev.vaelab.api.backend.TensorScope;
import java.util.Arrays;

/**
 * A sub-manager of the model's manager: DJL attaches the result of an operation to the manager of its first operand, so
 * that everything computed from an upload ends with the scope.
 *
 * <p>PyTorch decides for each thread whether operations are recorded for gradients. A scope decides it for its thread and
 * puts back what was.
 */
final class DjlTensorScope implements TensorScope<NDArray> {
    private final NDManager manager;
    private final boolean recordedBefore;
    private boolean open = true;

    /**
     * Opens a scope on this thread.
     *
     * @param parent the model's manager
     * @param records whether gradients will be asked for
     */
    DjlTensorScope(NDManager parent, boolean records) {
        manager = parent.newSubManager();
        recordedBefore = JniUtils.isGradMode();
        JniUtils.setGradMode(records);
        // The optimizing executor replaces a script's operations after its first calls, so that equal steps could
        // differ.
        JniUtils.setGraphExecutorOptimize(false);
    }

    @Override
    public NDArray upload(float[] values, int... shape) {
        if (!manager.isOpen()) {
            throw new IllegalStateException("the tensor scope is closed");
        }
        long[] sizes = Arrays.stream(shape).asLongStream().toArray();
        Shape engineShape = new Shape(sizes);
        if (engineShape.size() != values.length) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " needs " + engineShape.size()
                    + " values, found " + values.length);
        }
        NDArray tensor = manager.create(engineShape, DataType.FLOAT32);
        NativeValues.write(tensor, values);
        return tensor;
    }

    /** The tensors of one of the engine's lists; they belong to this scope. */
    PtNDArray[] tensors(IValue list) {
        return list.toTensorArray((PtNDManager) manager);
    }

    @Override
    public float[] download(NDArray tensor) {
        return tensor.toFloatArray();
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            JniUtils.setGradMode(recordedBefore);
            manager.close();
        }
    }
}
