package dev.vaelab.testkit;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.MatrixProduct;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.network.Layer.BatchNormalization;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.Bernoulli;
import dev.vaelab.training.part.ContinuousBernoulli;
import dev.vaelab.training.part.Deterministic;
import dev.vaelab.training.part.Elbo;
import dev.vaelab.training.part.FixedGaussian;
import dev.vaelab.training.part.ImportanceWeighted;
import dev.vaelab.training.part.Reparameterized;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Mistakes that backends make. */
final class Sabotages {
    private Sabotages() {}

    /** A name that no experiment file could hold. */
    static final class Misnamed extends DelegatingBackend {
        @Override
        public String name() {
            return "Reference backend";
        }
    }

    /** Makes another model than it is asked for. */
    static final class Misunderstood extends DelegatingBackend {
        private final UnaryOperator<ModelRequest> misunderstanding;

        Misunderstood(UnaryOperator<ModelRequest> misunderstanding) {
            this.misunderstanding = misunderstanding;
        }

        @Override
        VaeModel<?> create(ModelRequest request) {
            return super.create(misunderstanding.apply(request));
        }

        /** Makes it with another objective. */
        static Misunderstood objective(UnaryOperator<Objective> misunderstanding) {
            return new Misunderstood(request -> withObjective(request, misunderstanding.apply(request.objective())));
        }

        /** Takes every variance for 0.5. */
        static ModelRequest variance(ModelRequest request) {
            Objective objective = request.objective();
            return objective.likelihood() instanceof FixedGaussian
                    ? withObjective(
                            request,
                            new Objective(
                                    objective.loss(), new FixedGaussian(0.5), objective.prior(), objective.sampler()))
                    : request;
        }

        /** Descends without momentum. */
        static ModelRequest momentum(ModelRequest request) {
            return request.optimizer() instanceof OptimizerSettings.Sgd
                    ? request.withOptimizer(new OptimizerSettings.Sgd(0))
                    : request;
        }

        /** Takes Adam with weight decay for Adam. */
        static ModelRequest weightDecay(ModelRequest request) {
            return request.optimizer() instanceof OptimizerSettings.Adam adam
                    ? request.withOptimizer(adam.withWeightDecay(0))
                    : request;
        }

        /** Leaves gradients as they are. */
        static ModelRequest clipping(ModelRequest request) {
            return new ModelRequest(
                    request.architecture(),
                    request.objective(),
                    request.optimizer(),
                    Double.POSITIVE_INFINITY,
                    request.weights(),
                    request.trainingImages(),
                    request.average());
        }

        /** Takes the ELBO for every loss. */
        static ModelRequest loss(ModelRequest request) {
            Objective objective = request.objective();
            return objective.loss().samples() > 1
                    ? withObjective(
                            request,
                            new Objective(
                                    new FirstSample(objective.loss().samples()),
                                    objective.likelihood(),
                                    objective.prior(),
                                    objective.sampler()))
                    : request;
        }

        /** Draws no latents. */
        static ModelRequest sampler(ModelRequest request) {
            Objective objective = request.objective();
            return objective.sampler() instanceof Deterministic
                    ? withObjective(
                            request,
                            new Objective(
                                    objective.loss(), objective.likelihood(), objective.prior(), new Reparameterized()))
                    : request;
        }

        /** Takes one likelihood for another that has the same tensors. */
        static ModelRequest likelihood(ModelRequest request) {
            Objective objective = request.objective();
            return objective.likelihood() instanceof ContinuousBernoulli
                    ? withObjective(
                            request,
                            new Objective(objective.loss(), new Bernoulli(), objective.prior(), objective.sampler()))
                    : request;
        }

        /** Begins what parts learn one further from zero. */
        static ModelRequest parts(ModelRequest request) {
            return request.withWeights(DelegatingModel.changed(request.weights(), (name, values) -> {
                if (name.startsWith("prior.means") || name.startsWith("likelihood.")) {
                    values[0] += 1;
                }
            }));
        }

        private static ModelRequest withObjective(ModelRequest request, Objective objective) {
            return request.withObjective(objective);
        }
    }

    /** The ELBO of the first of several latents. */
    private record FirstSample(int samples) implements Loss {
        @Override
        public String name() {
            return "first-sample";
        }

        @Override
        public String description() {
            return "the evidence lower bound of the first latent of each image";
        }

        @Override
        public <X> LossTerms<X> compute(
                VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
            int latent = noise.size(1);
            Operand<X> first = noise.reshape(images.size(0), samples, latent)
                    .slice(1, 0, 1)
                    .reshape(images.size(0), latent);
            return new Elbo().compute(model, images, first, beta);
        }
    }

    /** Changes the biases that batch normalization absorbs in no way. */
    static final class AbsorbedKept<T> extends DelegatingModel<T> {
        AbsorbedKept(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Figures step(Batch batch, StepSettings settings) {
            NamedTensors before = weights();
            Figures figures = super.step(batch, settings);
            Set<String> absorbed = architecture().tensors().stream()
                    .filter(tensor -> tensor.role() == TensorRole.ABSORBED)
                    .map(TensorSpecification::name)
                    .collect(Collectors.toSet());
            replaceWeights((name, values) -> {
                if (absorbed.contains(name)) {
                    System.arraycopy(before.values(name), 0, values, 0, values.length);
                }
            });
            return figures;
        }
    }

    /** Multiplies in the other order. */
    static final class FactorsSwapped extends DelegatingBackend {
        @Override
        public Optional<MatrixProduct> matrixProduct(int size, float[] left, float[] right) {
            return Optional.of(new AccumulatingProduct(size, right, left, 0));
        }
    }

    /** Adds each product to the one before. */
    static final class ProductsAddedUp extends DelegatingBackend {
        @Override
        public Optional<MatrixProduct> matrixProduct(int size, float[] left, float[] right) {
            return Optional.of(new AccumulatingProduct(size, left, right, 1));
        }
    }

    /** values = left * right + kept * values. */
    private record AccumulatingProduct(int size, float[] left, float[] right, float kept, float[] values)
            implements MatrixProduct {
        AccumulatingProduct(int size, float[] left, float[] right, float kept) {
            this(size, left, right, kept, new float[size * size]);
        }

        @Override
        public void compute() {
            for (int index = 0; index < values.length; index++) {
                values[index] *= kept;
                for (int inner = 0; inner < size; inner++) {
                    values[index] += left[index / size * size + inner] * right[inner * size + index % size];
                }
            }
        }

        @Override
        public void close() {}
    }

    /** Adam adds its epsilon inside the root. */
    static final class EpsilonInsideRoot extends DelegatingBackend {
        @Override
        VaeModel<?> create(ModelRequest request) {
            return request.optimizer() instanceof OptimizerSettings.Adam adam
                    ? spoil(super.create(request), adam)
                    : super.create(request);
        }

        private static <T> VaeModel<T> spoil(VaeModel<T> model, OptimizerSettings.Adam settings) {
            return new EpsilonInsideRootModel<>(model, settings);
        }
    }

    private static final class EpsilonInsideRootModel<T> extends DelegatingModel<T> {
        private final OptimizerSettings.Adam settings;

        EpsilonInsideRootModel(VaeModel<T> delegate, OptimizerSettings.Adam settings) {
            super(delegate);
            this.settings = settings;
        }

        @Override
        public Figures step(Batch batch, StepSettings stepSettings) {
            NamedTensors before = weights();
            Figures figures = super.step(batch, stepSettings);
            NamedTensors squares = optimizerState().slot(OptimizerSettings.Adam.SECOND_MOMENT);
            double correction = 1 - Math.pow(settings.beta2(), optimizerState().steps());
            replaceWeights((name, values) -> {
                if (squares.names().contains(name)) {
                    for (int index = 0; index < values.length; index++) {
                        double square = squares.values(name)[index] / correction;
                        double outside = Math.sqrt(square) + settings.epsilon();
                        double inside = Math.sqrt(square + settings.epsilon());
                        double old = before.values(name)[index];
                        values[index] = (float) (old + (values[index] - old) * outside / inside);
                    }
                }
            });
            return figures;
        }
    }

    /** The gradient of the KL term is subtracted. */
    static final class KlSign<T> extends DelegatingModel<T> {
        KlSign(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Figures step(Batch batch, StepSettings settings) {
            return super.step(batch, new StepSettings(settings.learningRate(), -settings.beta()));
        }

        @Override
        public Gradients gradients(Batch batch, double beta) {
            return super.gradients(batch, -beta);
        }
    }

    /** Latents are the means. */
    static final class NoiseIgnored<T> extends DelegatingModel<T> {
        NoiseIgnored(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Figures step(Batch batch, StepSettings settings) {
            return super.step(withoutNoise(batch), settings);
        }

        @Override
        public Gradients gradients(Batch batch, double beta) {
            return super.gradients(withoutNoise(batch), beta);
        }

        private static Batch withoutNoise(Batch batch) {
            return new Batch(batch.count(), batch.images(), new float[batch.noise().length], batch.labels());
        }
    }

    /** Beta is taken for 1. */
    static final class BetaIgnored<T> extends DelegatingModel<T> {
        BetaIgnored(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Figures step(Batch batch, StepSettings settings) {
            return super.step(batch, new StepSettings(settings.learningRate(), 1));
        }

        @Override
        public Gradients gradients(Batch batch, double beta) {
            return super.gradients(batch, 1);
        }
    }

    /** Beta is taken for 1 in evaluation. */
    static final class BetaNotEvaluated<T> extends DelegatingModel<T> {
        BetaNotEvaluated(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Map<String, float[]> evaluate(Batch batch, double beta) {
            return super.evaluate(batch, 1);
        }
    }

    /** The bound has the sum of the importance weights in place of their mean, which no derivative shows. */
    static final class WeightsAddedUp<T> extends DelegatingModel<T> {
        WeightsAddedUp(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Map<String, float[]> evaluate(Batch batch, double beta) {
            Map<String, float[]> terms = super.evaluate(batch, beta);
            float[] bound = terms.get(ImportanceWeighted.BOUND);
            for (int image = 0; bound != null && image < bound.length; image++) {
                bound[image] -= (float) Math.log(samples());
            }
            return terms;
        }
    }

    /** The learning rate of the first step stays. */
    static final class LearningRateKept<T> extends DelegatingModel<T> {
        private double first = Double.NaN;

        LearningRateKept(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Figures step(Batch batch, StepSettings settings) {
            if (Double.isNaN(first)) {
                first = settings.learningRate();
            }
            return super.step(batch, new StepSettings(first, settings.beta()));
        }
    }

    /** The running variance takes the biased variance of the batch. */
    static final class BiasedRunningVariance<T> extends DelegatingModel<T> {
        BiasedRunningVariance(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Figures step(Batch batch, StepSettings settings) {
            NamedTensors before = weights();
            Figures figures = super.step(batch, settings);
            replaceWeights((name, values) -> {
                if (name.endsWith(".running_var")) {
                    double count = valuesPerChannel(name, batch.count());
                    for (int channel = 0; channel < values.length; channel++) {
                        double decayed = 0.9 * before.values(name)[channel];
                        values[channel] = (float) (decayed + (values[channel] - decayed) * (count - 1) / count);
                    }
                }
            });
            return figures;
        }

        private int valuesPerChannel(String name, int images) {
            NetworkSpecification network = name.startsWith("encoder")
                    ? architecture().encoder()
                    : architecture().decoder();
            String layer = name.substring(0, name.lastIndexOf('.'));
            for (int index = 0; index < network.layers().size(); index++) {
                if (network.layers().get(index) instanceof BatchNormalization normalization
                        && normalization.name().equals(layer)) {
                    return network.features().get(index).stream().skip(1).reduce(images, Math::multiplyExact);
                }
            }
            throw new IllegalArgumentException("no normalization " + layer);
        }
    }

    /** The weight of a linear layer is read in the wrong order, and written as it was read. */
    static final class TransposedWeights<T> extends DelegatingModel<T> {
        private static final String NAME = "encoder.fc.weight";

        TransposedWeights(VaeModel<T> delegate) {
            super(delegate);
            super.loadWeights(transposed(super.weights(), true));
        }

        @Override
        public NamedTensors weights() {
            return transposed(super.weights(), false);
        }

        @Override
        public void loadWeights(NamedTensors weights) {
            super.loadWeights(transposed(weights, true));
        }

        private static NamedTensors transposed(NamedTensors tensors, boolean forth) {
            if (!tensors.names().contains(NAME)) {
                return tensors;
            }
            int rows = tensors.get(NAME).shape().get(0);
            return changed(tensors, (name, values) -> {
                if (name.equals(NAME)) {
                    float[] original = values.clone();
                    int columns = values.length / rows;
                    for (int index = 0; index < values.length; index++) {
                        int other = index % rows * columns + index / rows;
                        values[forth ? index : other] = original[forth ? other : index];
                    }
                }
            });
        }
    }

    /** {@code gradients()} returns what the last call computed. */
    static final class StaleGradients<T> extends DelegatingModel<T> {
        private NamedTensors last;

        StaleGradients(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Gradients gradients(Batch batch, double beta) {
            Gradients gradients = super.gradients(batch, beta);
            NamedTensors stale = last == null ? gradients.gradients() : last;
            last = gradients.gradients();
            return new Gradients(gradients.figures(), stale);
        }
    }

    /** Gradients have the precision of bfloat16. */
    static final class CoarseGradients<T> extends DelegatingModel<T> {
        CoarseGradients(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Gradients gradients(Batch batch, double beta) {
            Gradients gradients = super.gradients(batch, beta);
            return new Gradients(gradients.figures(), changed(gradients.gradients(), (name, values) -> {
                for (int index = 0; index < values.length; index++) {
                    values[index] = Float.intBitsToFloat(Float.floatToRawIntBits(values[index]) & 0xffff0000);
                }
            }));
        }
    }

    /** Rounding passes for the gradient of a bias before a batch normalization. */
    static final class RoundingForGradients<T> extends DelegatingModel<T> {
        RoundingForGradients(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Gradients gradients(Batch batch, double beta) {
            Gradients gradients = super.gradients(batch, beta);
            return new Gradients(gradients.figures(), changed(gradients.gradients(), (name, values) -> {
                if (name.equals("encoder.conv1.bias")) {
                    values[0] = 1e-9f;
                }
            }));
        }
    }

    /** {@code gradients()} moves the running statistics. */
    static final class GradientsMoveStatistics<T> extends DelegatingModel<T> {
        GradientsMoveStatistics(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Gradients gradients(Batch batch, double beta) {
            Gradients gradients = super.gradients(batch, beta);
            OptimizerState state = optimizerState();
            super.step(batch, new StepSettings(0, beta));
            loadOptimizerState(state);
            return gradients;
        }
    }

    /** Evaluation normalizes by the statistics of the batch. */
    static final class EvaluationByBatch<T> extends DelegatingModel<T> {
        EvaluationByBatch(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Encoder<T> encoder(int... labels) {
            Encoder<T> encoder = super.encoder(labels);
            return (images, phase) -> encoder.encode(images, Phase.TRAINING);
        }
    }

    /** The moments of another training are not taken over. */
    static final class MomentsForgotten<T> extends DelegatingModel<T> {
        MomentsForgotten(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public void loadOptimizerState(OptimizerState state) {
            OptimizerState own = optimizerState();
            super.loadOptimizerState(state);
            super.loadOptimizerState(new OptimizerState(state.steps(), own.slots()));
        }
    }

    /** Weights are handed out as the arrays that the next step changes. */
    static final class WeightsShared<T> extends DelegatingModel<T> {
        private NamedTensors shared;

        WeightsShared(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public NamedTensors weights() {
            NamedTensors now = super.weights();
            if (shared == null) {
                shared = now;
            }
            return shared;
        }

        @Override
        public void loadWeights(NamedTensors weights) {
            super.loadWeights(weights);
            refresh();
        }

        @Override
        public Figures step(Batch batch, StepSettings settings) {
            Figures figures = super.step(batch, settings);
            refresh();
            return figures;
        }

        private void refresh() {
            NamedTensors now = super.weights();
            NamedTensors handedOut = weights();
            for (String name : now.names()) {
                System.arraycopy(now.values(name), 0, handedOut.values(name), 0, now.values(name).length);
            }
        }
    }

    /** NaN pixels are taken for black ones. */
    static final class NanSwallowed<T> extends DelegatingModel<T> {
        NanSwallowed(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Figures step(Batch batch, StepSettings settings) {
            return super.step(cleaned(batch), settings);
        }

        @Override
        public Gradients gradients(Batch batch, double beta) {
            return super.gradients(cleaned(batch), beta);
        }

        private static Batch cleaned(Batch batch) {
            float[] images = batch.images().clone();
            for (int index = 0; index < images.length; index++) {
                images[index] = Float.isNaN(images[index]) ? 0 : images[index];
            }
            return new Batch(batch.count(), images, batch.noise(), batch.labels());
        }
    }

    /** A second close fails. */
    static final class ClosedOnce<T> extends DelegatingModel<T> {
        ClosedOnce(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public void close() {
            super.architecture();
            super.close();
        }
    }

    /** A closed model goes on working. */
    static final class NeverClosed<T> extends DelegatingModel<T> {
        NeverClosed(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public void close() {
            // The sabotage: the delegate stays open.
        }
    }

    /** Every batch stays in memory. */
    static final class Leak<T> extends DelegatingModel<T> {
        private final List<float[]> kept = new ArrayList<>();

        Leak(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Figures step(Batch batch, StepSettings settings) {
            kept.add(batch.images().clone());
            return super.step(batch, settings);
        }
    }
}
