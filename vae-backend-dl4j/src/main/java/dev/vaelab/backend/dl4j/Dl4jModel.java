package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.ModelRequest;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Decoder;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.model.TensorRole;
import dev.vaelab.api.model.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.backend.dl4j.TrainableLoss.LossGradients;
import dev.vaelab.backend.dl4j.operation.Pairwise;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The model on Deeplearning4j. */
final class Dl4jModel implements VaeModel<INDArray> {
    private final Architecture architecture;
    private final Scopes scopes = new Scopes();
    private final Dl4jEncoder encoder;
    private final TrainableSampler sampler;
    private final Dl4jDecoder decoder;
    private final TrainableLoss loss;
    private final GradientClipping clipping;
    private final Optimizer optimizer;
    private final OptimizerSettings optimizerSettings;
    private final CanonicalTensors weights = new CanonicalTensors();
    private final CanonicalTensors gradients = new CanonicalTensors();
    private final Pairwise addMeans = Pairwise.sum();
    private final Pairwise addLogVariances = Pairwise.sum();
    private boolean closed;

    /**
     * Makes the model.
     *
     * @param request a request that was checked
     */
    Dl4jModel(ModelRequest request) {
        architecture = request.architecture();
        encoder = new Dl4jEncoder(architecture, scopes);
        sampler = new ReparameterizationSampler(architecture.latent(), scopes);
        decoder = new Dl4jDecoder(architecture, scopes);
        loss = new NegativeElbo(request.likelihood(), scopes);
        List<Network> networks = List.of(encoder.network(), decoder.network());
        clipping = new GradientClipping(request, networks);
        optimizerSettings = request.optimizer();
        optimizer = Optimizer.of(optimizerSettings, networks);
        for (Network network : networks) {
            weights.putAll(network.tensorsIn(network.parameters()));
            weights.putAll(network.statistics());
            gradients.putAll(network.tensorsIn(network.gradients()));
        }
        weights.write(request.weights());
    }

    @Override
    public Architecture architecture() {
        scopes.requireUsable();
        return architecture;
    }

    @Override
    public Encoder<INDArray> encoder() {
        scopes.requireUsable();
        return encoder;
    }

    @Override
    public Sampler<INDArray> sampler() {
        scopes.requireUsable();
        return sampler;
    }

    @Override
    public Decoder<INDArray> decoder() {
        scopes.requireUsable();
        return decoder;
    }

    @Override
    public Loss<INDArray> loss() {
        scopes.requireUsable();
        return loss;
    }

    @Override
    public TensorScope<INDArray> openScope() {
        return scopes.open();
    }

    @Override
    public Figures step(Batch batch, StepSettings settings) {
        Figures figures = fillGradients(batch, settings.beta());
        clipping.apply();
        optimizer.step(settings.learningRate());
        return figures;
    }

    @Override
    public Gradients gradients(Batch batch, double beta) {
        scopes.requireUsable();
        NamedTensors statistics = weights.read(runningStatistics());
        Figures figures = fillGradients(batch, beta);
        weights.write(statistics);
        return new Gradients(figures, gradients.read(architecture.trainableTensors()));
    }

    private List<TensorSpecification> runningStatistics() {
        return architecture.tensors().stream()
                .filter(tensor ->
                        tensor.role() == TensorRole.RUNNING_MEAN || tensor.role() == TensorRole.RUNNING_VARIANCE)
                .toList();
    }

    /** Forward and backward pass through the seams. */
    private Figures fillGradients(Batch batch, double beta) {
        scopes.requireUsable();
        batch.requireFits(architecture);
        ImageShape shape = architecture.image();
        try (TensorScope<INDArray> scope = scopes.open()) {
            INDArray images =
                    scope.upload(batch.images(), batch.count(), shape.channels(), shape.height(), shape.width());
            INDArray noise = scope.upload(batch.noise(), batch.count(), architecture.latent());
            Posterior<INDArray> posterior = encoder.encode(images, Phase.TRAINING);
            INDArray latents = sampler.sample(posterior, noise);
            INDArray logits = decoder.decode(latents, Phase.TRAINING);
            LossTerms<INDArray> terms = loss.compute(logits, images, posterior);

            LossGradients lossGradients = loss.backward(logits, images, posterior, beta);
            INDArray latentsGradient = decoder.backward(lossGradients.logits());
            Posterior<INDArray> throughSampler = sampler.backward(posterior, noise, latentsGradient);
            encoder.backward(sum(lossGradients.posterior(), throughSampler));
            return new Figures(mean(scope.download(terms.reconstruction())), mean(scope.download(terms.kl())));
        }
    }

    /** Adds up in place, into the first. */
    private Posterior<INDArray> sum(Posterior<INDArray> left, Posterior<INDArray> right) {
        return new Posterior<>(
                addMeans.apply(left.mean(), right.mean(), left.mean()),
                addLogVariances.apply(left.logVariance(), right.logVariance(), left.logVariance()));
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    @Override
    public NamedTensors weights() {
        scopes.requireUsable();
        return weights.read(architecture.tensors());
    }

    @Override
    public void loadWeights(NamedTensors tensors) {
        scopes.requireUsable();
        weights.write(tensors.requireExactly(architecture.tensors(), "weights"));
    }

    @Override
    public OptimizerState optimizerState() {
        scopes.requireUsable();
        return optimizer.state(architecture);
    }

    @Override
    public void loadOptimizerState(OptimizerState state) {
        scopes.requireUsable();
        optimizer.load(state.requireFits(architecture, optimizerSettings));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            scopes.close();
            optimizer.close();
            encoder.close();
            decoder.close();
        }
    }
}
