package dev.vaelab.testkit;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Decoder;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.training.model.ModelRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mistakes that backends make with what they are handed. */
final class InputSabotages {
    private InputSabotages() {}

    /** Whatever fits is taken; the rest is zero. */
    private static NamedTensors repaired(NamedTensors tensors, List<TensorSpecification> expected) {
        Map<String, Tensor> repaired = new LinkedHashMap<>();
        for (TensorSpecification specification : expected) {
            Tensor given = tensors.asMap().get(specification.name());
            boolean fits = given != null
                    && given.shape().equals(specification.shape())
                    && given.firstNonFinite().isEmpty();
            repaired.put(
                    specification.name(),
                    fits ? given : new Tensor(specification.shape(), new float[specification.size()]));
        }
        return new NamedTensors(repaired);
    }

    /** Wrong weights are no reason not to make a model. */
    static final class LenientCreate extends DelegatingBackend {
        @Override
        VaeModel<?> create(ModelRequest request) {
            NamedTensors weights =
                    repaired(request.weights(), request.architecture().tensors());
            return super.create(request.withWeights(weights));
        }
    }

    /** Weights must come in canonical order. */
    static final class OrderDemanded extends DelegatingBackend {
        @Override
        VaeModel<?> create(ModelRequest request) {
            List<String> canonical = request.architecture().tensors().stream()
                    .map(TensorSpecification::name)
                    .toList();
            if (List.copyOf(request.weights().names()).equals(canonical)) {
                return super.create(request);
            }
            throw new IllegalArgumentException("weights in another order");
        }
    }

    /** Draws its own initial weights, the same in every model of these sizes. */
    static final class SeedIgnored extends DelegatingBackend {
        @Override
        VaeModel<?> create(ModelRequest request) {
            request.weights().requireExactly(request.architecture().tensors(), "weights");
            return super.create(request.withWeights(InitialWeights.draw(request.architecture(), new RandomStreams(1))));
        }
    }

    /** Wrong weights are loaded as far as they fit. */
    static final class LenientLoad<T> extends DelegatingModel<T> {
        LenientLoad(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public void loadWeights(NamedTensors weights) {
            super.loadWeights(repaired(weights, architecture().tensors()));
        }
    }

    /** Wrong weights are refused once those that fit are loaded. */
    static final class HalfLoaded<T> extends DelegatingModel<T> {
        HalfLoaded(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public void loadWeights(NamedTensors weights) {
            super.loadWeights(repaired(weights, architecture().tensors()));
            super.loadWeights(weights);
        }
    }

    /** Wrong moments are loaded as far as they fit. */
    static final class LenientMoments<T> extends DelegatingModel<T> {
        LenientMoments(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public void loadOptimizerState(OptimizerState state) {
            super.loadOptimizerState(fitting(state, this));
        }
    }

    /** Wrong moments are refused once those that fit are loaded. */
    static final class HalfLoadedMoments<T> extends DelegatingModel<T> {
        HalfLoadedMoments(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public void loadOptimizerState(OptimizerState state) {
            if (state.steps() >= 0) {
                super.loadOptimizerState(fitting(state, this));
            }
            super.loadOptimizerState(state);
        }
    }

    /** The slots that the model's optimizer has, of tensors that fit. */
    private static OptimizerState fitting(OptimizerState state, VaeModel<?> model) {
        Map<String, NamedTensors> slots = new LinkedHashMap<>();
        model.optimizerState()
                .slots()
                .forEach((slot, own) -> slots.put(
                        slot,
                        repaired(
                                state.slots().getOrDefault(slot, own),
                                model.architecture().trainableTensors())));
        return new OptimizerState(state.steps(), slots);
    }

    /** Negative numbers of steps are taken for none, and the moments for loaded. */
    static final class StepsCorrected<T> extends DelegatingModel<T> {
        StepsCorrected(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public void loadOptimizerState(OptimizerState state) {
            super.loadOptimizerState(new OptimizerState(Math.max(0, state.steps()), state.slots()));
        }
    }

    /** Negative numbers of steps are refused once the moments are loaded. */
    static final class StepsCheckedLast<T> extends DelegatingModel<T> {
        StepsCheckedLast(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public void loadOptimizerState(OptimizerState state) {
            try {
                super.loadOptimizerState(state);
            } catch (InvalidInputException e) {
                if (state.steps() < 0) {
                    super.loadOptimizerState(new OptimizerState(0, state.slots()));
                }
                throw e;
            }
        }
    }

    /** A model that changes what a batch is before it computes anything. */
    abstract static class OtherBatch<T> extends DelegatingModel<T> {
        OtherBatch(VaeModel<T> delegate) {
            super(delegate);
        }

        abstract Batch other(Batch batch);

        @Override
        public Figures step(Batch batch, StepSettings settings) {
            return super.step(other(batch), settings);
        }

        @Override
        public Gradients gradients(Batch batch, double beta) {
            return super.gradients(other(batch), beta);
        }
    }

    /** Every label is taken for the first one. */
    static final class LabelsIgnored<T> extends OtherBatch<T> {
        LabelsIgnored(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Encoder<T> encoder(int... labels) {
            return super.encoder(new int[labels.length]);
        }

        @Override
        public Decoder<T> decoder(int... labels) {
            return super.decoder(new int[labels.length]);
        }

        @Override
        public Map<String, float[]> evaluate(Batch batch, double beta) {
            return super.evaluate(other(batch), beta);
        }

        @Override
        Batch other(Batch batch) {
            return new Batch(batch.count(), batch.images(), batch.noise(), new int[batch.labels().length]);
        }
    }

    /** Arrays that are too short are filled up with zeros, and those that are too long are cut off; others are left alone. */
    static final class BatchesPadded<T> extends OtherBatch<T> {
        BatchesPadded(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        Batch other(Batch batch) {
            return new Batch(
                    batch.count(),
                    Arrays.copyOf(
                            batch.images(),
                            batch.count() * architecture().image().size()),
                    Arrays.copyOf(batch.noise(), batch.count() * noisePerImage()),
                    batch.labels());
        }
    }

    /** A single image that would be a single value per channel is taken twice. */
    static final class SingleValueDoubled<T> extends OtherBatch<T> {
        SingleValueDoubled(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        Batch other(Batch batch) {
            return batch.count() * architecture().encoder().fewestNormalized().orElse(2) == 1
                    ? new Batch(2, twice(batch.images()), twice(batch.noise()), batch.labels())
                    : batch;
        }

        private static float[] twice(float[] values) {
            float[] twice = Arrays.copyOf(values, 2 * values.length);
            System.arraycopy(values, 0, twice, values.length, values.length);
            return twice;
        }
    }

    /** A training step on a partial batch trains on what is left of the batch before, too. */
    static final class StaleTail<T> extends DelegatingModel<T> {
        private Batch last;

        StaleTail(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Figures step(Batch batch, StepSettings settings) {
            last = last == null || last.count() <= batch.count()
                    ? batch
                    : new Batch(
                            last.count(),
                            over(last.images(), batch.images()),
                            over(last.noise(), batch.noise()),
                            last.labels());
            return super.step(last, settings);
        }

        private static float[] over(float[] older, float[] newer) {
            float[] both = older.clone();
            System.arraycopy(newer, 0, both, 0, newer.length);
            return both;
        }
    }
}
