package dev.vaelab.testkit;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.training.network.ComposedNetwork;
import dev.vaelab.training.optimizer.ComposedUpdate;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Mistakes that engines make in their arithmetic, and in what they have of their own instead of compositions. */
final class OperationSabotages {
    private OperationSabotages() {}

    /** What is done to operations. */
    @FunctionalInterface
    interface OperationSabotage {
        <T> TensorOperations<T> spoil(TensorOperations<T> operations);
    }

    /** What is done to an engine. */
    @FunctionalInterface
    interface EngineSabotage {
        <T> Engine<T> spoil(Engine<T> engine);
    }

    /** A backend whose arithmetic was tampered with. */
    static DelegatingBackend operations(OperationSabotage sabotage) {
        return engine(new EngineSabotage() {
            @Override
            public <T> Engine<T> spoil(Engine<T> engine) {
                TensorOperations<T> spoiled = sabotage.spoil(engine.operations());
                return new DelegatingEngine<>(engine) {
                    @Override
                    public TensorOperations<T> operations() {
                        return spoiled;
                    }
                };
            }
        });
    }

    /** A backend whose engine was tampered with. */
    static DelegatingBackend engine(EngineSabotage sabotage) {
        return new DelegatingBackend() {
            @Override
            public Engine<?> open() {
                return sabotage.spoil(new ReferenceBackend().open());
            }
        };
    }

    private abstract static class DelegatingEngine<T> implements Engine<T> {
        private final Engine<T> delegate;

        DelegatingEngine(Engine<T> delegate) {
            this.delegate = delegate;
        }

        @Override
        public TensorOperations<T> operations() {
            return delegate.operations();
        }

        @Override
        public void close() {
            delegate.close();
        }
    }

    /** Softplus by its formula. */
    static final class OverflowingSoftplus<T> extends DelegatingOperations<T> {
        OverflowingSoftplus(TensorOperations<T> delegate) {
            super(delegate);
        }

        /** The factor makes float64 overflow where float32 would, or a little before. */
        @Override
        public T softplus(T tensor) {
            T power = multiply(exp(tensor), 1e270);
            return log1p(multiply(power, 1e-270));
        }
    }

    /** A selection by products. */
    static final class SelectionByProducts<T> extends DelegatingOperations<T> {
        SelectionByProducts(TensorOperations<T> delegate) {
            super(delegate);
        }

        @Override
        public T select(T mask, T chosen, T other) {
            return add(multiply(mask, chosen), multiply(subtract(constant(1), mask), other));
        }
    }

    /** One function mistaken for another. */
    static final class SigmoidForTanh<T> extends DelegatingOperations<T> {
        SigmoidForTanh(TensorOperations<T> delegate) {
            super(delegate);
        }

        @Override
        public T tanh(T tensor) {
            return sigmoid(tensor);
        }
    }

    /** A derivative of convolutions that is off where the padding is wide. */
    static final class PaddingMisplaced<T> extends DelegatingOperations<T> {
        PaddingMisplaced(TensorOperations<T> delegate) {
            super(delegate);
        }

        @Override
        public T convolveByWeight(T input, T gradient, Window window) {
            T result = super.convolveByWeight(input, gradient, window);
            return window.padding() > 1 ? multiply(result, 1.01) : result;
        }
    }

    /** A sum that loses what is small beside what it has. */
    static final class ForgetfulSum<T> extends DelegatingOperations<T> {
        private static final int MANY = 100_000;

        ForgetfulSum(TensorOperations<T> delegate) {
            super(delegate);
        }

        @Override
        public T sum(T tensor, int... axes) {
            T sum = super.sum(tensor, axes);
            return Shapes.size(shape(tensor)) > MANY ? multiply(sum, 0.999) : sum;
        }
    }

    /** A variable whose values are read when somebody asks, and not when they are used. */
    static final class LazyProducts<T> extends DelegatingOperations<T> {
        private final Map<T, T> doubled = new IdentityHashMap<>();

        LazyProducts(TensorOperations<T> delegate) {
            super(delegate);
        }

        @Override
        public T multiply(T tensor, double number) {
            T product = super.multiply(tensor, number);
            if (number == 2) {
                doubled.put(product, tensor);
            }
            return product;
        }

        @Override
        public float[] download(T tensor) {
            T origin = doubled.get(tensor);
            return super.download(origin == null ? tensor : super.multiply(origin, 2));
        }
    }

    /** A scope that takes all tensors with it. */
    static final class GreedyScopes<T> extends DelegatingOperations<T> {
        private final AtomicInteger closed = new AtomicInteger();
        private final Map<T, Integer> made = new IdentityHashMap<>();

        GreedyScopes(TensorOperations<T> delegate) {
            super(delegate);
        }

        @Override
        public OperationScope openScope() {
            OperationScope scope = super.openScope();
            return () -> {
                closed.incrementAndGet();
                scope.close();
            };
        }

        @Override
        public T upload(float[] values, int... shape) {
            T tensor = super.upload(values, shape);
            made.put(tensor, closed.get());
            return tensor;
        }

        @Override
        public T add(T left, T right) {
            if (made.getOrDefault(left, closed.get()) != closed.get()) {
                throw new IllegalStateException("the tensor is closed");
            }
            return super.add(left, right);
        }
    }

    /** A length of the first tensor alone. */
    static final class LengthOfFirst<T> extends DelegatingOperations<T> {
        LengthOfFirst(TensorOperations<T> delegate) {
            super(delegate);
        }

        @Override
        public double length(List<T> tensors) {
            return super.length(tensors.subList(0, 1));
        }
    }

    /** A last digit of chance. */
    static final class ChanceProduct<T> extends DelegatingOperations<T> {
        private static final AtomicInteger CALLS = new AtomicInteger();
        private static final int LARGE = 2000;

        ChanceProduct(TensorOperations<T> delegate) {
            super(delegate);
        }

        @Override
        public T matmul(T left, boolean transposeLeft, T right, boolean transposeRight) {
            T product = super.matmul(left, transposeLeft, right, transposeRight);
            return Shapes.size(shape(product)) > LARGE
                    ? multiply(product, 1 + CALLS.incrementAndGet() * 0x1p-20)
                    : product;
        }
    }

    /** A network of its own that forgets the running statistics. */
    static <T> Engine<T> statisticsForgotten(Engine<T> engine) {
        return new DelegatingEngine<>(engine) {
            @Override
            public Optional<Network<T>> network(NetworkSpecification specification) {
                return Optional.of(new StillNetwork<>(new ComposedNetwork<>(operations(), specification)));
            }
        };
    }

    /** Running statistics stay where they are. */
    private record StillNetwork<T>(Network<T> delegate) implements Network<T> {
        @Override
        public List<T> parameters() {
            return delegate.parameters();
        }

        @Override
        public NamedTensors read(List<T> parameters) {
            return delegate.read(parameters);
        }

        @Override
        public void write(NamedTensors tensors, List<T> parameters) {
            delegate.write(tensors, parameters);
        }

        @Override
        public NamedTensors statistics() {
            return delegate.statistics();
        }

        @Override
        public void writeStatistics(NamedTensors tensors) {
            delegate.writeStatistics(tensors);
        }

        @Override
        public Pass<T> forward(T input, Phase phase) {
            NamedTensors before = statistics();
            Pass<T> pass = delegate.forward(input, phase);
            writeStatistics(before);
            return pass;
        }

        @Override
        public void close() {
            delegate.close();
        }
    }

    /** An Adam that rounds 1 - beta2 to float32, as fused ones do. */
    static <T> Engine<T> coarseAdam(Engine<T> engine) {
        return new DelegatingEngine<>(engine) {
            @Override
            public Optional<ParameterUpdate<T>> update(OptimizerSettings settings) {
                return settings instanceof OptimizerSettings.Adam adam
                        ? Optional.of(new ComposedUpdate<>(operations(), coarse(adam)))
                        : Optional.empty();
            }

            private OptimizerSettings coarse(OptimizerSettings.Adam adam) {
                return new OptimizerSettings.Adam(
                        adam.beta1(), 1 - (1 - (float) adam.beta2()), adam.epsilon(), adam.weightDecay());
            }
        };
    }
}
