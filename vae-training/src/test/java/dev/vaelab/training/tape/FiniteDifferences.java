package dev.vaelab.training.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.backend.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Derivatives of a program beside central differences, both in float64: only what comes out is rounded to float32. */
public final class FiniteDifferences {
    private static final RandomStreams STREAMS = new RandomStreams(11);

    /** Balances the two errors of a central difference: of the cubic term, and of rounding in float64. */
    private static final double SHIFT = 1e-4;

    private static final double TOLERANCE = 2e-6;

    private FiniteDifferences() {}

    /** A program over any operations. */
    @FunctionalInterface
    public interface Program {
        <X> Operand<X> of(List<Operand<X>> inputs);
    }

    /** Standard normal numbers for an input. */
    public static float[] values(int number, int... shape) {
        return STREAMS.gaussian(Shapes.size(shape), Purpose.WEIGHTS, number);
    }

    /** Tries a program on inputs of these shapes, filled with standard normal numbers. */
    public static void require(Program program, int[]... shapes) {
        List<float[]> values = new ArrayList<>();
        for (int input = 0; input < shapes.length; input++) {
            values.add(values(input, shapes[input]));
        }
        require(program, values, shapes);
    }

    /** Tries a program on inputs of these values. */
    public static void require(Program program, List<float[]> values, int[]... shapes) {
        require(new ReferenceBackend().open(), program, values, shapes);
    }

    private static <T> void require(Engine<T> engine, Program program, List<float[]> values, int[]... shapes) {
        TensorOperations<T> operations = engine.operations();
        List<T> inputs = IntStream.range(0, shapes.length)
                .mapToObj(input -> operations.upload(values.get(input), shapes[input]))
                .toList();
        Tape<T> tape = new Tape<>(operations);
        List<Variable<T>> variables = inputs.stream().map(tape::track).toList();
        Operand<Variable<T>> objective = weighted(program.of(variables.stream()
                .map(variable -> new Operand<>(tape, variable))
                .toList()));
        List<T> gradients = tape.gradients(objective.value(), variables);
        for (int input = 0; input < shapes.length; input++) {
            float[] found = operations.download(gradients.get(input));
            assertEquals(values.get(input).length, found.length, "values of the gradient by input " + input);
            double scale = 1;
            for (float entry : found) {
                scale = Math.max(scale, Math.abs(entry));
            }
            for (int index = 0; index < found.length; index++) {
                double slope = slope(operations, program, inputs, input, index, shapes[input]);
                assertEquals(slope, found[index], TOLERANCE * scale, "gradient by input " + input + "[" + index + "]");
            }
        }
    }

    private static <T> double slope(
            TensorOperations<T> operations, Program program, List<T> inputs, int input, int index, int[] shape) {
        float[] direction = new float[Shapes.size(shape)];
        direction[index] = 1;
        T shift = operations.multiply(operations.upload(direction, shape), SHIFT);
        Operand<T> above = shifted(operations, program, inputs, input, operations.add(inputs.get(input), shift));
        Operand<T> below = shifted(operations, program, inputs, input, operations.subtract(inputs.get(input), shift));
        return operations.download(above.minus(below).over(2 * SHIFT).value())[0];
    }

    private static <T> Operand<T> shifted(
            TensorOperations<T> operations, Program program, List<T> inputs, int input, T replacement) {
        List<Operand<T>> operands = new ArrayList<>();
        for (int index = 0; index < inputs.size(); index++) {
            operands.add(new Operand<>(operations, index == input ? replacement : inputs.get(index)));
        }
        return weighted(program.of(operands));
    }

    /** One number of all results, in which each has a weight of its own. */
    private static <X> Operand<X> weighted(Operand<X> results) {
        int size = Shapes.size(results.shape());
        float[] weights = new float[size];
        for (int index = 0; index < size; index++) {
            weights[index] = 1 + (index * 7 % 5) / 4f;
        }
        Operand<X> flat = results.reshape(size);
        return flat.times(flat.of(flat.operations().upload(weights, size))).sum(0);
    }
}
