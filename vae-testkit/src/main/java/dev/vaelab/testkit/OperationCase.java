package dev.vaelab.testkit;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One use of one operation.
 *
 * @param name of the operation, and what is special about this use
 * @param program the use
 * @param positive whether the inputs are positive
 * @param shapes of the inputs
 */
record OperationCase(String name, Program program, boolean positive, int[]... shapes) {
    private static final RandomStreams STREAMS = new RandomStreams(20_241_130);
    private static final int[] MATRIX = {5, 7};
    private static final int[] IMAGES = {3, 2, 7, 6};

    /** A use of operations. */
    @FunctionalInterface
    interface Program {
        <X> X of(TensorOperations<X> operations, List<X> inputs);
    }

    /** A use of one input. */
    private interface One {
        <X> X of(TensorOperations<X> operations, X input);
    }

    /** A use of two inputs. */
    private interface Two {
        <X> X of(TensorOperations<X> operations, X first, X second);
    }

    /** The values of an input: sparse enough that some are 0, in a range in which everything is well conditioned. */
    float[] values(int input) {
        float[] values = STREAMS.gaussian(Shapes.size(shapes[input]), Purpose.WEIGHTS, input, name.hashCode());
        for (int index = 0; index < values.length; index++) {
            values[index] = positive ? Math.abs(values[index]) + 0.1f : values[index];
        }
        return values;
    }

    private static OperationCase one(String name, One one, int... shape) {
        return new OperationCase(name, program(one), false, shape);
    }

    private static OperationCase ofPositive(String name, One one) {
        return new OperationCase(name + " of positive values", program(one), true, MATRIX);
    }

    private static Program program(One one) {
        return new Program() {
            @Override
            public <X> X of(TensorOperations<X> operations, List<X> inputs) {
                return one.of(operations, inputs.get(0));
            }
        };
    }

    private static OperationCase two(String name, Two two, int[] first, int[] second) {
        return new OperationCase(name, program(two), false, first, second);
    }

    private static Program program(Two two) {
        return new Program() {
            @Override
            public <X> X of(TensorOperations<X> operations, List<X> inputs) {
                return two.of(operations, inputs.get(0), inputs.get(1));
            }
        };
    }

    /** Every operation, its compositions included. */
    static Stream<OperationCase> all() {
        return Stream.of(functions(), binaries(), reductions(), shapings(), products(), convolutions(), densities())
                .flatMap(cases -> cases);
    }

    private static Stream<OperationCase> functions() {
        return Stream.of(
                one("exp", TensorOperations::exp, MATRIX),
                one("expm1", TensorOperations::expm1, MATRIX),
                ofPositive("log", TensorOperations::log),
                ofPositive("log1p", TensorOperations::log1p),
                ofPositive("sqrt", TensorOperations::sqrt),
                one("square", TensorOperations::square, MATRIX),
                one("tanh", TensorOperations::tanh, MATRIX),
                one("sigmoid", TensorOperations::sigmoid, MATRIX),
                one("softplus", TensorOperations::softplus, MATRIX),
                one("relu", TensorOperations::relu, MATRIX),
                one("relu of images", TensorOperations::relu, IMAGES),
                one("exp of a scalar", TensorOperations::exp),
                one("add of a number", new PlusNumber(), MATRIX),
                one("multiply by a number", new TimesNumber(), IMAGES),
                one("constant", new Constant(), MATRIX));
    }

    private record PlusNumber() implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.add(input, 1.5);
        }
    }

    private record TimesNumber() implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.multiply(input, -0.75);
        }
    }

    private record Constant() implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.multiply(operations.constant(0.3, 5, 7), operations.add(input, operations.constant(2)));
        }
    }

    private static Stream<OperationCase> binaries() {
        int[][][] pairs = {
            {{5, 7}, {5, 7}},
            {{5, 7}, {7}},
            {{5, 7}, {5, 1}},
            {{5, 1, 7}, {4, 1}},
            {{3, 2, 7, 6}, {1, 2, 1, 1}},
            {{3, 2, 7, 6}, {3, 1, 1, 1}},
            {{5, 7}, {}},
            {{1}, {5, 7}},
            {{}, {}}
        };
        return Arrays.stream(pairs)
                .flatMap(pair -> Stream.of(
                        two(named("add", pair), TensorOperations::add, pair[0], pair[1]),
                        two(named("subtract", pair), TensorOperations::subtract, pair[0], pair[1]),
                        two(named("multiply", pair), TensorOperations::multiply, pair[0], pair[1]),
                        new OperationCase(
                                named("divide", pair), program((Two) TensorOperations::divide), true, pair[0], pair[1]),
                        two(named("greater", pair), TensorOperations::greater, pair[0], pair[1]),
                        two(named("select", pair), new Selection(), pair[0], pair[1])));
    }

    private static String named(String operation, int[]... shapes) {
        return operation + " of " + Arrays.deepToString(shapes);
    }

    private record Selection() implements Two {
        @Override
        public <X> X of(TensorOperations<X> operations, X first, X second) {
            return operations.select(operations.greater(first, second), first, operations.multiply(second, 3));
        }
    }

    private static Stream<OperationCase> reductions() {
        int[] shape = {4, 3, 5, 6};
        return Stream.of(
                        new int[] {0},
                        new int[] {1},
                        new int[] {3},
                        new int[] {0, 2, 3},
                        new int[] {1, 2, 3},
                        new int[] {0, 1, 2, 3})
                .flatMap(axes -> Stream.of(
                        one(named("sum over", axes), new Sum(axes), shape),
                        one(named("mean over", axes), new Mean(axes), shape),
                        one(named("max over", axes), new Max(axes), shape)));
    }

    private record Sum(int... axes) implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.sum(input, axes);
        }
    }

    private record Mean(int... axes) implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.mean(input, axes);
        }
    }

    private record Max(int... axes) implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.max(input, axes);
        }
    }

    private static Stream<OperationCase> shapings() {
        return Stream.of(
                one("logSumExp over the last axis", new LogSumExp(1), MATRIX),
                one("logSumExp over the first axis", new LogSumExp(0), MATRIX),
                one("reshape", new Reshape(), MATRIX),
                one("transpose of a matrix", new Transpose(1, 0), MATRIX),
                one("transpose of images", new Transpose(0, 2, 3, 1), IMAGES),
                one("transpose, then reshape", new TransposedAndReshaped(), IMAGES),
                one("broadcast", new Broadcast(), 5, 1, 7),
                one("broadcast of a scalar", new Broadcast()),
                two("concatenate along the first axis", new Concatenate(0), MATRIX, new int[] {2, 7}),
                two("concatenate along the last axis", new Concatenate(1), MATRIX, new int[] {5, 2}),
                one("slice of the first axis", new Slice(0, 1, 4), MATRIX),
                one("slice of the last axis", new Slice(1, 2, 3), MATRIX),
                one("slice of channels", new Slice(1, 1, 2), IMAGES),
                one("gather", new Gather(), MATRIX));
    }

    private record LogSumExp(int axis) implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.logSumExp(input, axis);
        }
    }

    private record Reshape() implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.reshape(input, 7, 1, 5);
        }
    }

    private record Transpose(int... axes) implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.transpose(input, axes);
        }
    }

    private record TransposedAndReshaped() implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.reshape(operations.transpose(input, 3, 1, 0, 2), 6, 42);
        }
    }

    private record Broadcast() implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.broadcast(input, 5, 3, 7);
        }
    }

    private record Concatenate(int axis) implements Two {
        @Override
        public <X> X of(TensorOperations<X> operations, X first, X second) {
            return operations.concatenate(List.of(second, first, second), axis);
        }
    }

    private record Slice(int axis, int from, int to) implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.slice(input, axis, from, to);
        }
    }

    private record Gather() implements One {
        @Override
        public <X> X of(TensorOperations<X> operations, X input) {
            return operations.gather(input, 3, 0, 0, 4);
        }
    }

    private static Stream<OperationCase> products() {
        return Stream.of(false, true)
                .flatMap(left -> Stream.of(false, true)
                        .map(right -> two(
                                "matmul, " + (left ? "left transposed" : "left") + ", "
                                        + (right ? "right transposed" : "right"),
                                new Product(left, right),
                                left ? new int[] {7, 5} : new int[] {5, 7},
                                right ? new int[] {3, 7} : new int[] {7, 3})));
    }

    private record Product(boolean left, boolean right) implements Two {
        @Override
        public <X> X of(TensorOperations<X> operations, X first, X second) {
            return operations.matmul(first, left, second, right);
        }
    }

    /** Windows that fit evenly, that leave rows over, that overlap, that skip pixels, that are larger than the input. */
    private static Stream<OperationCase> convolutions() {
        return Stream.of(
                        new Window(4, 2, 1),
                        new Window(3, 1, 1),
                        new Window(3, 2, 0),
                        new Window(3, 2, 1),
                        new Window(5, 3, 2),
                        new Window(2, 3, 0),
                        new Window(1, 1, 0),
                        new Window(1, 2, 0),
                        new Window(9, 1, 2))
                .flatMap(window -> {
                    int[] weight = {4, 2, window.kernel(), window.kernel()};
                    int[] gradient = {3, 4, window.positions(IMAGES[2]), window.positions(IMAGES[3])};
                    return Stream.of(
                            two("convolve, " + window, new Convolve(window), IMAGES, weight),
                            two("convolveByInput, " + window, new ConvolveByInput(window), gradient, weight),
                            two("convolveByWeight, " + window, new ConvolveByWeight(window), IMAGES, gradient));
                });
    }

    private record Convolve(Window window) implements Two {
        @Override
        public <X> X of(TensorOperations<X> operations, X first, X second) {
            return operations.convolve(first, second, window);
        }
    }

    private record ConvolveByInput(Window window) implements Two {
        @Override
        public <X> X of(TensorOperations<X> operations, X first, X second) {
            return operations.convolveByInput(first, second, window, IMAGES[2], IMAGES[3]);
        }
    }

    private record ConvolveByWeight(Window window) implements Two {
        @Override
        public <X> X of(TensorOperations<X> operations, X first, X second) {
            return operations.convolveByWeight(first, second, window);
        }
    }

    private static Stream<OperationCase> densities() {
        return Stream.of(
                new OperationCase(
                        "bernoulliLogDensity",
                        program((Two) TensorOperations::bernoulliLogDensity),
                        false,
                        IMAGES,
                        IMAGES),
                new OperationCase(
                        "bernoulliByLogits",
                        new Program() {
                            @Override
                            public <X> X of(TensorOperations<X> operations, List<X> inputs) {
                                return operations.bernoulliByLogits(inputs.get(0), inputs.get(1), inputs.get(2));
                            }
                        },
                        false,
                        IMAGES,
                        IMAGES,
                        new int[] {IMAGES[0]}),
                two("standardGaussianKl", TensorOperations::standardGaussianKl, MATRIX, MATRIX),
                new OperationCase(
                        "reparameterize",
                        new Program() {
                            @Override
                            public <X> X of(TensorOperations<X> operations, List<X> inputs) {
                                return operations.reparameterize(inputs.get(0), inputs.get(1), inputs.get(2));
                            }
                        },
                        false,
                        MATRIX,
                        MATRIX,
                        MATRIX));
    }

    @Override
    public String toString() {
        return name;
    }
}
