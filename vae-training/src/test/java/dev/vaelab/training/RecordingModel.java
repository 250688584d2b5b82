package dev.vaelab.training;

import static dev.vaelab.api.backend.OptimizerSettings.Adam.FIRST_MOMENT;
import static dev.vaelab.api.backend.OptimizerSettings.Adam.SECOND_MOMENT;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Decoder;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * A model for tests of the loop: each step mixes its batch into the first weight and the optimizer state, so that any
 * other order of batches, and anything forgotten by a checkpoint, gives other figures.
 */
class RecordingModel implements VaeModel<float[]> {
    static final Architecture ARCHITECTURE = new Architecture(new ImageShape(1, 4, 4), List.of(1), 1, 2);

    private final List<Batch> batches = new ArrayList<>();
    private final List<Double> betas = new ArrayList<>();
    private final IntToDoubleFunction validationLoss;
    private long steps;
    private float weight;
    private float average;
    private boolean averages;
    private float moment;

    /** A model whose reconstruction term on evaluation is its weight. */
    RecordingModel() {
        this(null);
    }

    /** A model whose reconstruction term on evaluation is given, by the number of steps that it has made. */
    RecordingModel(IntToDoubleFunction validationLoss) {
        this.validationLoss = validationLoss;
    }

    /** The same with an average of its weights. */
    RecordingModel averaging() {
        averages = true;
        return this;
    }

    /** The weight of the KL term in each step. */
    List<Double> betas() {
        return betas;
    }

    List<Batch> batches() {
        return batches;
    }

    @Override
    public Architecture architecture() {
        return ARCHITECTURE;
    }

    @Override
    public Encoder<float[]> encoder(int... labels) {
        return (images, phase) -> new Posterior<>(images, images);
    }

    @Override
    public Decoder<float[]> decoder(int... labels) {
        return (latents, phase) -> latents;
    }

    @Override
    public VariationalModel<float[]> evaluated(int... labels) {
        throw new UnsupportedOperationException("a recording model has no formulas");
    }

    @Override
    public TensorOperations<float[]> operations() {
        throw new UnsupportedOperationException("a recording model has no engine");
    }

    @Override
    public float[] sample(Posterior<float[]> posterior, float[] noise) {
        return noise;
    }

    @Override
    public float[] logLikelihood(float[] images, float[] logits) {
        throw notAsked();
    }

    @Override
    public float[] expectedImages(float[] logits) {
        throw notAsked();
    }

    @Override
    public float[] divergence(Posterior<float[]> posterior, float[] latents) {
        throw notAsked();
    }

    @Override
    public float[] logPrior(float[] latents) {
        throw notAsked();
    }

    @Override
    public int samples() {
        return 1;
    }

    @Override
    public float[] drawFromPrior(int count, RandomStreams streams, Purpose purpose) {
        throw notAsked();
    }

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException("the loop does not ask for it");
    }

    @Override
    public Map<String, float[]> evaluate(Batch batch, double beta) {
        float[] reconstruction = new float[batch.count()];
        float[] loss = new float[batch.count()];
        for (int image = 0; image < batch.count(); image++) {
            reconstruction[image] = validationLoss == null
                    ? weight + batch.noise()[image * ARCHITECTURE.latent()]
                    : (float) validationLoss.applyAsDouble((int) steps);
            loss[image] = reconstruction[image] + (float) beta;
        }
        float[] kl = new float[batch.count()];
        Arrays.fill(kl, 1);
        Map<String, float[]> values = new LinkedHashMap<>();
        values.put(LossTerms.RECONSTRUCTION, reconstruction);
        values.put(LossTerms.KL, kl);
        values.put(FigureSum.LOSS, loss);
        return values;
    }

    @Override
    public TensorScope<float[]> openScope() {
        return new TensorScope<>() {
            @Override
            public float[] upload(float[] values, int... shape) {
                return values;
            }

            @Override
            public float[] download(float[] tensor) {
                return tensor;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Figures step(Batch batch, StepSettings settings) {
        batches.add(batch);
        betas.add(settings.beta());
        steps++;
        float mixed = 0;
        for (int index = 0; index < batch.images().length; index++) {
            mixed = mixed * 0.9f + batch.images()[index];
        }
        moment = moment * 0.5f + mixed + batch.noise()[0];
        weight = weight * 0.5f + moment;
        return new Figures(weight, 1);
    }

    /** One batch after the other, and one step. */
    @Override
    public Figures step(List<Batch> several, StepSettings settings) {
        long before = steps;
        FigureSum sum = FigureSum.ZERO;
        for (Batch batch : several) {
            sum = sum.plusMeans(step(batch, settings), batch.count());
        }
        steps = before + 1;
        average = average * 0.75f + weight * 0.25f;
        return sum.mean();
    }

    @Override
    public Optional<NamedTensors> averagedWeights() {
        return averages ? Optional.of(filled(ARCHITECTURE.tensors(), average)) : Optional.empty();
    }

    @Override
    public void loadAveragedWeights(NamedTensors replacement) {
        average = replacement.values("encoder.conv1.weight")[0];
    }

    @Override
    public Gradients gradients(Batch batch, double beta) {
        throw new UnsupportedOperationException("the loop does not ask for gradients");
    }

    @Override
    public NamedTensors weights() {
        return filled(ARCHITECTURE.tensors(), weight);
    }

    @Override
    public void loadWeights(NamedTensors weights) {
        weight = weights.values("encoder.conv1.weight")[0];
    }

    @Override
    public OptimizerState optimizerState() {
        return new OptimizerState(
                steps,
                Map.of(
                        FIRST_MOMENT,
                        filled(ARCHITECTURE.trainableTensors(), moment),
                        SECOND_MOMENT,
                        filled(ARCHITECTURE.trainableTensors(), moment * moment)));
    }

    @Override
    public void loadOptimizerState(OptimizerState state) {
        steps = state.steps();
        moment = state.slot(FIRST_MOMENT).values("encoder.conv1.weight")[0];
    }

    @Override
    public void close() {}

    private static NamedTensors filled(List<TensorSpecification> specifications, float value) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (TensorSpecification specification : specifications) {
            float[] values = new float[specification.size()];
            values[0] = specification.role() == TensorRole.RUNNING_VARIANCE ? value * value : value;
            tensors.put(specification.name(), new Tensor(specification.shape(), values));
        }
        return new NamedTensors(tensors);
    }
}
