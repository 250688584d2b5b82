package dev.vaelab.testkit;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.training.model.ModelRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Mistakes that backends make with what lasts from one call to the next, or from one model to the next. */
final class StateSabotages {
    private StateSabotages() {}

    /** Describes itself at length. */
    static final class Talkative extends DelegatingBackend {
        @Override
        public String description() {
            return super.description() + "\nwith love";
        }
    }

    /** Does not know how many threads it uses. */
    static final class ThreadsUnknown extends DelegatingBackend {
        @Override
        public EngineDescription engine() {
            EngineDescription engine = super.engine();
            return new EngineDescription(engine.name(), engine.version(), 0, engine.details());
        }
    }

    /** Running variances are kept as deviations. */
    static final class DeviationsKept<T> extends DelegatingModel<T> {
        DeviationsKept(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public NamedTensors weights() {
            return changed(super.weights(), (name, values) -> {
                if (name.endsWith(".running_var")) {
                    for (int index = 0; index < values.length; index++) {
                        float deviation = (float) Math.sqrt(values[index]);
                        values[index] = deviation * deviation;
                    }
                }
            });
        }
    }

    /** The memory of the moments holds what was there before, until the first step. */
    static final class MomentsNotCleared<T> extends DelegatingModel<T> {
        MomentsNotCleared(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public OptimizerState optimizerState() {
            OptimizerState state = super.optimizerState();
            if (state.steps() > 0) {
                return state;
            }
            Map<String, NamedTensors> slots = new LinkedHashMap<>();
            state.slots()
                    .forEach((slot, tensors) ->
                            slots.put(slot, changed(tensors, (name, values) -> values[0] = 1e-30f)));
            return new OptimizerState(0, slots);
        }
    }

    /** The moving average is handed out as it was before the last step. */
    static final class AverageBehind<T> extends DelegatingModel<T> {
        private Optional<NamedTensors> before;

        AverageBehind(VaeModel<T> delegate) {
            super(delegate);
            before = delegate.averagedWeights();
        }

        @Override
        public Figures step(List<Batch> batches, StepSettings settings) {
            before = super.averagedWeights();
            return super.step(batches, settings);
        }

        @Override
        public Optional<NamedTensors> averagedWeights() {
            return before;
        }

        @Override
        public void loadAveragedWeights(NamedTensors average) {
            super.loadAveragedWeights(average);
            before = super.averagedWeights();
        }
    }

    /** The moving average of another model is not loaded. */
    static final class AverageNotLoaded<T> extends DelegatingModel<T> {
        AverageNotLoaded(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public void loadAveragedWeights(NamedTensors average) {
            if (super.averagedWeights().isEmpty()) {
                super.loadAveragedWeights(average);
            }
        }
    }

    /** Of several batches in a step, a small one counts as much as a large one. */
    static final class BatchesCountedAlike<T> extends DelegatingModel<T> {
        BatchesCountedAlike(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Figures step(List<Batch> batches, StepSettings settings) {
            int most = batches.stream().mapToInt(Batch::count).max().orElseThrow();
            return super.step(
                    batches.stream().map(batch -> repeated(batch, most)).toList(), settings);
        }

        /** The first images of a batch again, until it has so many. */
        private static Batch repeated(Batch batch, int count) {
            int image = batch.images().length / batch.count();
            int noise = batch.noise().length / batch.count();
            float[] images = new float[count * image];
            float[] noises = new float[count * noise];
            for (int index = 0; index < count; index++) {
                int from = index % batch.count();
                System.arraycopy(batch.images(), from * image, images, index * image, image);
                System.arraycopy(batch.noise(), from * noise, noises, index * noise, noise);
            }
            return new Batch(count, images, noises);
        }
    }

    /** A step with a learning rate of zero is left out. */
    static final class ZeroStepsSkipped<T> extends DelegatingModel<T> {
        ZeroStepsSkipped(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Figures step(Batch batch, StepSettings settings) {
            return settings.learningRate() == 0
                    ? super.gradients(batch, settings.beta()).figures()
                    : super.step(batch, settings);
        }
    }

    /** Sums whose last digit is another one in each model, as with threads that add up in the order in which they come. */
    static final class LastDigitOfChance extends DelegatingBackend {
        private final AtomicInteger models = new AtomicInteger();

        @Override
        VaeModel<?> create(ModelRequest request) {
            return spoil(super.create(request), models.incrementAndGet());
        }

        private static <T> VaeModel<T> spoil(VaeModel<T> model, int number) {
            return new DelegatingModel<>(model) {
                @Override
                public Figures step(Batch batch, StepSettings settings) {
                    Figures figures = super.step(batch, settings);
                    return new Figures(figures.terms(), figures.loss() * (1 + number * 0x1p-40));
                }
            };
        }
    }

    /** Models that are open side by side share the learning rate: each takes that of the last step of any of them. */
    static final class LearningRateShared extends DelegatingBackend {
        private final List<VaeModel<?>> open = new ArrayList<>();
        private StepSettings last;

        @Override
        VaeModel<?> create(ModelRequest request) {
            return spoil(super.create(request));
        }

        private <T> VaeModel<T> spoil(VaeModel<T> model) {
            open.add(model);
            return new DelegatingModel<>(model) {
                @Override
                public Figures step(Batch batch, StepSettings settings) {
                    double rate = open.size() > 1 && last != null ? last.learningRate() : settings.learningRate();
                    last = settings;
                    return super.step(batch, new StepSettings(rate, settings.beta()));
                }

                @Override
                public void close() {
                    super.close();
                    open.remove(delegate());
                    last = null;
                }
            };
        }
    }

    /** Weights of closed models stay in memory. */
    static final class ModelsKept extends DelegatingBackend {
        private final List<NamedTensors> kept = new ArrayList<>();

        @Override
        VaeModel<?> create(ModelRequest request) {
            kept.add(DelegatingModel.changed(request.weights(), (name, values) -> {}));
            return super.create(request);
        }
    }

    /** A mistake that models of the recipe's size have, and small ones have not. */
    static SabotagedBackend.Sabotage onRecipe(SabotagedBackend.Sabotage sabotage) {
        Architecture recipe = ContractCase.RECIPE.architecture();
        return new SabotagedBackend.Sabotage() {
            @Override
            public <T> VaeModel<T> spoil(VaeModel<T> model) {
                return model.architecture().equals(recipe) ? sabotage.spoil(model) : model;
            }
        };
    }
}
