package dev.vaelab.backend.dl4j.operation;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A native operation bound to its arrays.
 *
 * <p>ND4J's usual way makes a native context for each execution and leaves freeing it to the garbage collector. Bound
 * once and run in every step, an operation costs a few microseconds, and native memory does not grow between
 * collections.
 */
public final class Operation {
    private final CustomOp operation;
    private final OpContext context;
    private final INDArray[] inputs;
    private final INDArray[] outputs;

    /**
     * Binds an operation.
     *
     * @param name its name in libnd4j
     * @param inputs arrays that it reads
     * @param outputs arrays that it writes, of the right shapes
     */
    Operation(String name, List<INDArray> inputs, List<INDArray> outputs) {
        this.operation = DynamicCustomOp.builder(name).build();
        this.context = Nd4j.getExecutioner().buildContext();
        this.inputs = inputs.toArray(INDArray[]::new);
        this.outputs = outputs.toArray(INDArray[]::new);
        bind();
    }

    /** Sets the integer arguments. */
    Operation integers(long... values) {
        context.setIArguments(values);
        return this;
    }

    /** Sets the floating-point arguments. */
    Operation numbers(double... values) {
        context.setTArguments(values);
        return this;
    }

    /**
     * Reads another array from now on.
     *
     * @param index position among the inputs
     * @param array an array that the operation's other arrays fit
     */
    public Operation input(int index, INDArray array) {
        if (inputs[index] != array) {
            inputs[index] = array;
            context.purge();
            bind();
        }
        return this;
    }

    /** Reads and writes other arrays from now on, which fit each other. */
    Operation rebind(List<INDArray> newInputs, List<INDArray> newOutputs) {
        boolean changed = replace(inputs, newInputs) | replace(outputs, newOutputs);
        if (changed) {
            context.purge();
            bind();
        }
        return this;
    }

    private static boolean replace(INDArray[] arrays, List<INDArray> replacements) {
        boolean changed = false;
        for (int index = 0; index < arrays.length; index++) {
            changed |= arrays[index] != replacements.get(index);
            arrays[index] = replacements.get(index);
        }
        return changed;
    }

    /** Executes. */
    public void run() {
        Nd4j.exec(operation, context);
    }

    private void bind() {
        context.setInputArrays(inputs);
        context.setOutputArrays(outputs);
    }
}
