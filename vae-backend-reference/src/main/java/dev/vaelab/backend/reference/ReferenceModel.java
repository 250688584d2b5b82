package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.ModelRequest;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Decoder;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.weights.NamedTensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The model in float64. Weights and moments keep their full precision from step to step, and are rounded to float32
 * only where they leave.
 */
final class ReferenceModel implements VaeModel<DoubleTensor> {
    private final Weights weights;
    private final Network network;
    private final Optimizer optimizer;
    private final ModelRequest request;
    private boolean closed;

    /** Makes the model of a request that is known to be supported. */
    ReferenceModel(ModelRequest request) {
        weights = new Weights(request.weights());
        network = new Network(request.architecture(), request.likelihood(), weights);
        optimizer = Optimizer.of(request.optimizer(), request.architecture());
        this.request = request;
    }

    @Override
    public Architecture architecture() {
        return open().architecture();
    }

    @Override
    public Encoder<DoubleTensor> encoder() {
        return open().encoder();
    }

    @Override
    public Sampler<DoubleTensor> sampler() {
        return open().sampler();
    }

    @Override
    public Decoder<DoubleTensor> decoder() {
        return open().decoder();
    }

    @Override
    public Loss<DoubleTensor> loss() {
        return open().loss();
    }

    @Override
    public TensorScope<DoubleTensor> openScope() {
        requireOpen();
        return new ReferenceScope();
    }

    @Override
    public Figures step(Batch batch, StepSettings settings) {
        batch.requireFits(architecture());
        LossTerms<DoubleTensor> terms = network.forward(batch);
        optimizer.update(weights, clipped(network.differentiate(terms, settings.beta())), settings.learningRate());
        return figures(terms);
    }

    private Map<String, DoubleTensor> clipped(Map<String, DoubleTensor> gradients) {
        double squares = gradients.values().stream()
                .flatMapToDouble(gradient -> Arrays.stream(gradient.values()))
                .map(entry -> entry * entry)
                .sum();
        double factor = request.clippingFactor(Math.sqrt(squares));
        Map<String, DoubleTensor> clipped = new LinkedHashMap<>();
        gradients.forEach((name, gradient) -> clipped.put(name, gradient.times(factor)));
        return clipped;
    }

    @Override
    public Gradients gradients(Batch batch, double beta) {
        batch.requireFits(architecture());
        Map<String, DoubleTensor> before = weights.snapshot();
        LossTerms<DoubleTensor> terms = network.forward(batch);
        weights.restore(before);
        return new Gradients(figures(terms), Weights.toOutside(network.differentiate(terms, beta)));
    }

    @Override
    public NamedTensors weights() {
        requireOpen();
        return weights.toNamedTensors();
    }

    @Override
    public void loadWeights(NamedTensors replacement) {
        weights.load(replacement.requireExactly(architecture().tensors(), "weights"));
    }

    @Override
    public OptimizerState optimizerState() {
        requireOpen();
        return optimizer.state();
    }

    @Override
    public void loadOptimizerState(OptimizerState state) {
        optimizer.load(state.requireFits(architecture(), request.optimizer()));
    }

    @Override
    public void close() {
        closed = true;
    }

    private static Figures figures(LossTerms<DoubleTensor> terms) {
        return new Figures(terms.reconstruction().mean(), terms.kl().mean());
    }

    private Network open() {
        requireOpen();
        return network;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }
}
