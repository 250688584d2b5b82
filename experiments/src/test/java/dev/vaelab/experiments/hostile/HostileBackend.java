package dev.vaelab.experiments.hostile;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.training.optimizer.ComposedUpdate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Computes as the reference does until one training step, and then does what no backend may do. */
public abstract class HostileBackend implements VaeBackend {
    /** How many steps go well: with five batches of an epoch, the first epoch. */
    public static final int GOOD_STEPS = 6;

    private final VaeBackend reference = new ReferenceBackend();
    private final String name;

    /** Gives it the name by which it is chosen. */
    protected HostileBackend(String name) {
        this.name = name;
    }

    /** What no backend may do. */
    protected abstract void misbehave() throws Exception;

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String description() {
        return "does harm";
    }

    @Override
    public final EngineDescription engine() {
        return reference.engine();
    }

    @Override
    public final Engine<?> open() {
        return spoiled(reference.open());
    }

    private <T> Engine<T> spoiled(Engine<T> engine) {
        return new Engine<>() {
            @Override
            public TensorOperations<T> operations() {
                return engine.operations();
            }

            @Override
            public Optional<ParameterUpdate<T>> update(OptimizerSettings settings) {
                ParameterUpdate<T> good = new ComposedUpdate<>(operations(), settings);
                AtomicInteger steps = new AtomicInteger();
                return Optional.of((parameters, gradients, slots, step, learningRate) -> {
                    if (steps.incrementAndGet() > GOOD_STEPS) {
                        misbehaveNow();
                    }
                    good.apply(parameters, gradients, slots, step, learningRate);
                });
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }

    private void misbehaveNow() {
        try {
            misbehave();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
