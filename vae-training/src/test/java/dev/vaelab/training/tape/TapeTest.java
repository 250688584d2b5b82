package dev.vaelab.training.tape;

import static dev.vaelab.training.tape.FiniteDifferences.require;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import dev.vaelab.backend.reference.ReferenceBackend;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The tape")
final class TapeTest {
    private static final int[] MATRIX = {2, 3};

    private static Arguments program(String name, FiniteDifferences.Program program, int[]... shapes) {
        return Arguments.of(name, program, shapes);
    }

    private static FiniteDifferences.Program one(One one) {
        return new FiniteDifferences.Program() {
            @Override
            public <X> Operand<X> of(List<Operand<X>> inputs) {
                return one.of(inputs.get(0));
            }
        };
    }

    private static FiniteDifferences.Program two(Two two) {
        return new FiniteDifferences.Program() {
            @Override
            public <X> Operand<X> of(List<Operand<X>> inputs) {
                return two.of(inputs.get(0), inputs.get(1));
            }
        };
    }

    private static FiniteDifferences.Program three(Three three) {
        return new FiniteDifferences.Program() {
            @Override
            public <X> Operand<X> of(List<Operand<X>> inputs) {
                return three.of(inputs.get(0), inputs.get(1), inputs.get(2));
            }
        };
    }

    interface One {
        <X> Operand<X> of(Operand<X> x);
    }

    interface Two {
        <X> Operand<X> of(Operand<X> x, Operand<X> y);
    }

    interface Three {
        <X> Operand<X> of(Operand<X> x, Operand<X> y, Operand<X> z);
    }

    static Stream<Arguments> elementwise() {
        return Stream.of(
                program("exp", one(Operand::exp), MATRIX),
                program("expm1", one(Operand::expm1), MATRIX),
                program("log", one(new PositiveLog()), MATRIX),
                program("log1p", one(new PositiveLog1p()), MATRIX),
                program("sqrt", one(new PositiveSqrt()), MATRIX),
                program("square", one(Operand::squared), MATRIX),
                program("tanh", one(Operand::tanh), MATRIX),
                program("sigmoid", one(Operand::sigmoid), MATRIX),
                program("softplus", one(Operand::softplus), MATRIX),
                program("relu", one(Operand::relu), MATRIX),
                program("negated", one(Operand::negated), MATRIX));
    }

    private record PositiveLog() implements One {
        @Override
        public <X> Operand<X> of(Operand<X> x) {
            return x.squared().plus(0.5).log();
        }
    }

    private record PositiveLog1p() implements One {
        @Override
        public <X> Operand<X> of(Operand<X> x) {
            return x.squared().log1p();
        }
    }

    private record PositiveSqrt() implements One {
        @Override
        public <X> Operand<X> of(Operand<X> x) {
            return x.squared().plus(0.5).sqrt();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("elementwise")
    @DisplayName("differentiates functions of each value as central differences do")
    void functions(String name, FiniteDifferences.Program program, int[][] shapes) {
        require(program, shapes);
    }

    static Stream<Arguments> broadcasts() {
        return Stream.of(
                Arguments.of(new int[] {2, 3}, new int[] {2, 3}),
                Arguments.of(new int[] {2, 3}, new int[] {3}),
                Arguments.of(new int[] {2, 3}, new int[] {2, 1}),
                Arguments.of(new int[] {2, 1, 3}, new int[] {4, 1}),
                Arguments.of(new int[] {2, 3}, new int[] {}),
                Arguments.of(new int[] {1}, new int[] {2, 2}));
    }

    @ParameterizedTest
    @MethodSource("broadcasts")
    @DisplayName("differentiates binary operations through broadcasting")
    void binary(int[] left, int[] right) {
        require(two(Operand::plus), left, right);
        require(two(Operand::minus), left, right);
        require(two(Operand::times), left, right);
        require(two(new Quotient()), left, right);
        require(two(new Selection()), left, right);
    }

    private record Quotient() implements Two {
        @Override
        public <X> Operand<X> of(Operand<X> x, Operand<X> y) {
            return x.over(y.squared().plus(1));
        }
    }

    private record Selection() implements Two {
        @Override
        public <X> Operand<X> of(Operand<X> x, Operand<X> y) {
            return x.greater(y).select(x.times(2), y.squared());
        }
    }

    @Test
    @DisplayName("differentiates sums, means, maxima and log-sum-exp over axes")
    void reductions() {
        int[] shape = {2, 3, 4};
        require(one(new Reduction(0)), shape);
        require(one(new Reduction(1)), shape);
        require(one(new Reduction(2)), shape);
        require(one(new Reduction(3)), shape);
        require(one(new Reduction(4)), shape);
    }

    private record Reduction(int which) implements One {
        @Override
        public <X> Operand<X> of(Operand<X> x) {
            return switch (which) {
                case 0 -> x.sum(0, 2).squared();
                case 1 -> x.mean(1).squared();
                case 2 -> x.logSumExp(1);
                case 3 -> x.of(x.operations().max(x.value(), 2)).squared();
                default -> x.sum(0, 1, 2).squared();
            };
        }
    }

    @Test
    @DisplayName("differentiates reshape, transpose, broadcast, concatenate, slice, gather and repeats")
    void shapes() {
        for (int which = 0; which < 7; which++) {
            require(two(new Shaping(which)), new int[] {2, 3}, new int[] {2, 3});
        }
    }

    private record Shaping(int which) implements Two {
        @Override
        public <X> Operand<X> of(Operand<X> x, Operand<X> y) {
            return switch (which) {
                case 0 -> x.reshape(3, 2).times(y.reshape(3, 2)).squared();
                case 1 -> x.transpose(1, 0).times(y.transpose(1, 0)).squared();
                case 2 -> x.reshape(2, 1, 3).broadcast(2, 4, 3).squared().plus(y.reshape(2, 1, 3));
                case 3 -> x.concatenate(1, List.of(y, x)).squared();
                case 4 -> x.slice(1, 1, 3).times(y.slice(1, 0, 2));
                case 5 ->
                    x.of(x.operations().gather(x.value(), 1, 0, 1)).squared().plus(y.sum(0, 1));
                default -> x.repeatEach(3).squared().times(y.repeatEach(3));
            };
        }
    }

    @Test
    @DisplayName("differentiates products of matrices, transposed or not")
    void products() {
        for (boolean left : new boolean[] {false, true}) {
            for (boolean right : new boolean[] {false, true}) {
                require(
                        two(new Product(left, right)),
                        left ? new int[] {3, 2} : new int[] {2, 3},
                        right ? new int[] {4, 3} : new int[] {3, 4});
            }
        }
    }

    private record Product(boolean left, boolean right) implements Two {
        @Override
        public <X> Operand<X> of(Operand<X> x, Operand<X> y) {
            return x.of(x.operations().matmul(x.value(), left, y.value(), right))
                    .squared();
        }
    }

    static Stream<Window> windows() {
        return Stream.of(
                new Window(4, 2, 1),
                new Window(3, 1, 1),
                new Window(3, 2, 0),
                new Window(5, 3, 2),
                new Window(1, 1, 0));
    }

    @ParameterizedTest
    @MethodSource("windows")
    @DisplayName("differentiates convolutions, their derivatives by input and by weight, for any window")
    void convolutions(Window window) {
        int height = 6;
        int width = 7;
        int[] input = {2, 2, height, width};
        int[] weight = {3, 2, window.kernel(), window.kernel()};
        int[] gradient = {2, 3, window.positions(height), window.positions(width)};
        require(two(new Convolving(window, 0)), input, weight);
        require(two(new Convolving(window, 1)), gradient, weight);
        require(two(new Convolving(window, 2)), input, gradient);
    }

    private record Convolving(Window window, int which) implements Two {
        @Override
        public <X> Operand<X> of(Operand<X> x, Operand<X> y) {
            TensorOperations<X> operations = x.operations();
            return x.of(
                            switch (which) {
                                case 0 -> operations.convolve(x.value(), y.value(), window);
                                case 1 -> operations.convolveByInput(x.value(), y.value(), window, 6, 7);
                                default -> operations.convolveByWeight(x.value(), y.value(), window);
                            })
                    .squared();
        }
    }

    @Test
    @DisplayName("differentiates Bernoulli log-densities, divergences from N(0, 1) and reparameterizations")
    void distributions() {
        int[] images = {2, 1, 2, 3};
        require(two(Operand::bernoulliLogDensity), images, images);
        require(two(Operand::standardGaussianKl), MATRIX, MATRIX);
        require(three(Operand::reparameterize), MATRIX, MATRIX, MATRIX);
    }

    @Test
    @DisplayName(
            "adds up what reaches a tensor on several ways, and gives zeros for what the objective does not depend on")
    void ways() {
        Engine<?> engine = new ReferenceBackend().open();
        requireWays(engine.operations());
    }

    private static <T> void requireWays(TensorOperations<T> operations) {
        Tape<T> tape = new Tape<>(operations);
        Variable<T> used = tape.track(operations.upload(new float[] {3}, 1));
        Variable<T> unused = tape.track(operations.upload(new float[] {1, 2}, 2));
        Operand<Variable<T>> operand = new Operand<>(tape, used);
        Variable<T> objective = operand.times(operand).plus(operand).sum(0).value();
        List<T> gradients = tape.gradients(objective, List.of(used, unused));
        assertArrayEquals(new float[] {7}, operations.download(gradients.get(0)));
        assertArrayEquals(new float[] {0, 0}, operations.download(gradients.get(1)));
    }

    @Test
    @DisplayName("stops at what is to stop it, and scales what is to be scaled by a factor of what came of it")
    void stops() {
        Engine<?> engine = new ReferenceBackend().open();
        requireStops(engine.operations());
    }

    /** x^2 y, with y = x stopped: 2 x y. Then z^3 with z = x, whose derivative is multiplied by z^3: 3 x^2 x^3. */
    private static <T> void requireStops(TensorOperations<T> operations) {
        Tape<T> tape = new Tape<>(operations);
        Variable<T> tracked = tape.track(operations.upload(new float[] {2, 3}, 2));
        Operand<Variable<T>> x = new Operand<>(tape, tracked);
        Operand<Variable<T>> stopped = x.squared().times(x.stopGradient()).sum(0);
        assertArrayEquals(new float[] {35}, operations.download(stopped.value().value()));
        assertArrayEquals(
                new float[] {8, 18},
                operations.download(
                        tape.gradients(stopped.value(), List.of(tracked)).get(0)));
        AtomicReference<Operand<Variable<T>>> cubes = new AtomicReference<>();
        Operand<Variable<T>> z = x.scaleGradient(cubes::get);
        cubes.set(z.squared().times(z));
        Operand<Variable<T>> sum = cubes.get().sum(0);
        assertArrayEquals(new float[] {35}, operations.download(sum.value().value()));
        assertArrayEquals(
                new float[] {96, 729},
                operations.download(
                        tape.gradients(sum.value(), List.of(tracked)).get(0)));
    }

    @Test
    @DisplayName("refuses what changes values in place")
    void changes() {
        Engine<?> engine = new ReferenceBackend().open();
        Tape<?> tape = new Tape<>(engine.operations());
        assertThrows(UnsupportedOperationException.class, () -> tape.variable(new float[1], 1));
    }
}
