package dev.vaelab.backend.dl4j.operation;

import dev.vaelab.api.network.Layer.Activation.Function;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/** A function of each value of an array in its place, and its derivative, which knows the function's results alone. */
public final class Activation implements AutoCloseable {
    /** The functions that there are. */
    public static final Set<Function> FUNCTIONS = Set.of(Function.RELU, Function.TANH);

    private final Operation forward;
    private final Consumer<INDArray> backward;
    private final INDArray gradient;

    /**
     * Prepares a function.
     *
     * @param function one of {@link #FUNCTIONS}
     * @param array receives the results
     */
    public Activation(Function function, INDArray array) {
        gradient = Arrays.uninitialized(array.shape());
        switch (function) {
            case RELU -> {
                forward = new Operation("relu", List.of(array), List.of(array)).numbers(0);
                // The engine's own operation is ten times slower.
                Step positive = new Step(array, gradient);
                Operation product = Operations.product(gradient, gradient, gradient);
                backward = outer -> {
                    Nd4j.getExecutioner().exec(positive);
                    product.input(1, outer).run();
                };
            }
            case TANH -> {
                forward = new Operation("tanh", List.of(array), List.of(array));
                Blocks blocks = new Blocks(3, 1);
                backward = outer -> blocks.run(List.of(gradient, array, outer), Activation::byTangent);
            }
            default -> throw new IllegalArgumentException("there is no activation " + function);
        }
    }

    /** g (1 - t^2). */
    private static void byTangent(float[][] blocks, int count) {
        float[] gradient = blocks[0];
        float[] tangent = blocks[1];
        float[] outer = blocks[2];
        for (int index = 0; index < count; index++) {
            gradient[index] = outer[index] * (1 - tangent[index] * tangent[index]);
        }
    }

    /** Executes. */
    public void run() {
        forward.run();
    }

    /**
     * The gradient by what the function was applied to; overwritten by the next call.
     *
     * @param outer the gradient by the results
     */
    public INDArray backward(INDArray outer) {
        backward.accept(outer);
        return gradient;
    }

    /** What {@link #backward} returns. */
    public INDArray gradient() {
        return gradient;
    }

    @Override
    public void close() {
        gradient.close();
    }
}
