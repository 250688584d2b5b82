package dev.vaelab.backend.dl4j.operation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The engine's operations by name, each made once and bound anew to the arrays of every call; see {@link Operation}.
 *
 * <p>As many are kept as a program has of them: an operation with other integers, such as where a slice begins, is another one.
 */
public final class BoundOperations {
    private final Map<Key, Operation> operations = new HashMap<>();

    private record Key(String name, int inputs, int outputs, List<Long> integers) {}

    /**
     * Executes an operation of one output.
     *
     * @param name its name in libnd4j
     * @param inputs arrays that it reads
     * @param output array that it writes, of the right shape
     * @param integers its integer arguments
     * @return the output
     */
    public INDArray run(String name, List<INDArray> inputs, INDArray output, long... integers) {
        run(name, inputs, List.of(output), integers);
        return output;
    }

    /** Executes an operation of several outputs. */
    public void run(String name, List<INDArray> inputs, List<INDArray> outputs, long... integers) {
        Key key = new Key(
                name,
                inputs.size(),
                outputs.size(),
                LongStream.of(integers).boxed().toList());
        Operation operation = operations.get(key);
        if (operation == null) {
            operation = new Operation(name, inputs, outputs);
            if (integers.length > 0) {
                operation.integers(integers);
            }
            operations.put(key, operation);
        }
        operation.rebind(inputs, outputs).run();
    }
}
