package dev.vaelab.testkit;

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
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does what another model does, except for what a subclass spoils. */
abstract class DelegatingModel<T> implements VaeModel<T> {
    private final VaeModel<T> delegate;

    DelegatingModel(VaeModel<T> delegate) {
        this.delegate = delegate;
    }

    final VaeModel<T> delegate() {
        return delegate;
    }

    @Override
    public Architecture architecture() {
        return delegate.architecture();
    }

    @Override
    public Encoder<T> encoder(int... labels) {
        return delegate.encoder(labels);
    }

    @Override
    public Decoder<T> decoder(int... labels) {
        return delegate.decoder(labels);
    }

    @Override
    public VariationalModel<T> evaluated(int... labels) {
        return delegate.evaluated(labels);
    }

    @Override
    public TensorOperations<T> operations() {
        return delegate.operations();
    }

    @Override
    public T sample(Posterior<T> posterior, T noise) {
        return delegate.sample(posterior, noise);
    }

    @Override
    public T logLikelihood(T images, T logits) {
        return delegate.logLikelihood(images, logits);
    }

    @Override
    public T expectedImages(T logits) {
        return delegate.expectedImages(logits);
    }

    @Override
    public T divergence(Posterior<T> posterior, T latents) {
        return delegate.divergence(posterior, latents);
    }

    @Override
    public T logPrior(T latents) {
        return delegate.logPrior(latents);
    }

    @Override
    public int samples() {
        return delegate.samples();
    }

    @Override
    public int noiseVectors() {
        return delegate.noiseVectors();
    }

    @Override
    public float[] drawFromPrior(int count, RandomStreams streams, Purpose purpose) {
        return delegate.drawFromPrior(count, streams, purpose);
    }

    @Override
    public Map<String, float[]> evaluate(Batch batch, double beta) {
        return delegate.evaluate(batch, beta);
    }

    @Override
    public TensorScope<T> openScope() {
        return delegate.openScope();
    }

    @Override
    public Figures step(Batch batch, StepSettings settings) {
        return delegate.step(batch, settings);
    }

    @Override
    public Figures step(List<Batch> batches, StepSettings settings) {
        return delegate.step(batches, settings);
    }

    @Override
    public Optional<NamedTensors> averagedWeights() {
        return delegate.averagedWeights();
    }

    @Override
    public void loadAveragedWeights(NamedTensors average) {
        delegate.loadAveragedWeights(average);
    }

    @Override
    public Gradients gradients(Batch batch, double beta) {
        return delegate.gradients(batch, beta);
    }

    @Override
    public NamedTensors weights() {
        return delegate.weights();
    }

    @Override
    public void loadWeights(NamedTensors weights) {
        delegate.loadWeights(weights);
    }

    @Override
    public OptimizerState optimizerState() {
        return delegate.optimizerState();
    }

    @Override
    public void loadOptimizerState(OptimizerState state) {
        delegate.loadOptimizerState(state);
    }

    @Override
    public void close() {
        delegate.close();
    }

    /** A change to the values of some tensors, in place. */
    @FunctionalInterface
    interface Change {
        void apply(String name, float[] values);
    }

    /** A copy of tensors with a change. */
    static NamedTensors changed(NamedTensors tensors, Change change) {
        Map<String, Tensor> changed = new LinkedHashMap<>();
        tensors.asMap().forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            change.apply(name, values);
            changed.put(name, new Tensor(tensor.shape(), values));
        });
        return new NamedTensors(changed);
    }

    /** Changes the weights, unless training has spoiled them already: NaN cannot be loaded. */
    final void replaceWeights(Change change) {
        NamedTensors present = weights();
        if (present.asMap().values().stream()
                .allMatch(tensor -> tensor.firstNonFinite().isEmpty())) {
            loadWeights(changed(present, change));
        }
    }
}
