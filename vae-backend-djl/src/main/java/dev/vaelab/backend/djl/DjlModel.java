package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
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
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.model.TensorRole;
import dev.vaelab.api.model.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The model inside PyTorch. Everything native belongs to one manager, or to a scope below it. */
final class DjlModel implements VaeModel<NDArray> {
    private final Architecture architecture;
    private final NDManager manager;
    private final TorchUpdates updates;
    private final EngineTensors weights;

    /** The trainable tensors without the absorbed ones, which are constants here: their gradient is known to be zero. */
    private final List<TensorSpecification> learned;

    private final DjlOptimizer optimizer;
    private final IValue learnedWeights;
    private final ModelRequest request;
    private final Encoder<NDArray> encoder;
    private final Sampler<NDArray> sampler;
    private final Decoder<NDArray> decoder;
    private final Loss<NDArray> loss;

    /** Makes the model of a request that {@link ModelRequest#requireSupportedBy} has let through. */
    DjlModel(ModelRequest request) {
        this.request = request;
        architecture = request.architecture();
        manager = DjlEngine.openManager();
        TorchScriptModule module = new TorchScriptModule(manager);
        TorchOperators operators = new TorchOperators(module);
        updates = new TorchUpdates(module);
        weights = new EngineTensors(manager, architecture, architecture.tensors());
        weights.load(request.weights());
        learned = architecture.trainableTensors().stream()
                .filter(tensor -> tensor.role() != TensorRole.ABSORBED)
                .toList();
        for (PtNDArray weight : weights.get(learned)) {
            weight.setRequiresGradient(true);
        }
        learnedWeights = IValue.listFrom(weights.get(learned));
        optimizer = DjlOptimizer.of(request.optimizer(), manager, architecture, learned, updates, weights);
        Layers layers = new Layers(weights, operators);
        encoder = new DjlEncoder(architecture, layers);
        sampler = new DjlSampler(operators);
        decoder = new DjlDecoder(architecture, layers);
        loss = new DjlNegativeElbo(request.likelihood(), manager, operators);
    }

    @Override
    public Architecture architecture() {
        requireOpen();
        return architecture;
    }

    @Override
    public Encoder<NDArray> encoder() {
        requireOpen();
        return encoder;
    }

    @Override
    public Sampler<NDArray> sampler() {
        requireOpen();
        return sampler;
    }

    @Override
    public Decoder<NDArray> decoder() {
        requireOpen();
        return decoder;
    }

    @Override
    public Loss<NDArray> loss() {
        requireOpen();
        return loss;
    }

    @Override
    public TensorScope<NDArray> openScope() {
        requireOpen();
        return new DjlTensorScope(manager, false);
    }

    @Override
    public Figures step(Batch batch, StepSettings settings) {
        requireOpen();
        batch.requireFits(architecture);
        try (DjlTensorScope scope = new DjlTensorScope(manager, true)) {
            LossTerms<NDArray> terms = forward(scope, batch);
            try (IValue gradients = gradients(scope, terms, settings.beta())) {
                clip(gradients);
                optimizer.update(gradients, settings.learningRate());
            }
            return figures(scope, terms);
        }
    }

    @Override
    public Gradients gradients(Batch batch, double beta) {
        requireOpen();
        batch.requireFits(architecture);
        PtNDArray[] statistics = weights.get(architecture.tensors().stream()
                .filter(tensor -> !tensor.role().trainable())
                .toList());
        List<float[]> before =
                Arrays.stream(statistics).map(NDArray::toFloatArray).toList();
        try (DjlTensorScope scope = new DjlTensorScope(manager, true)) {
            LossTerms<NDArray> terms = forward(scope, batch);
            try (IValue gradients = gradients(scope, terms, beta)) {
                NamedTensors found = EngineTensors.canonical(architecture, learned, scope.tensors(gradients));
                return new Gradients(figures(scope, terms), withAbsorbed(found));
            }
        } finally {
            for (int index = 0; index < statistics.length; index++) {
                NativeValues.write(statistics[index], before.get(index));
            }
        }
    }

    private LossTerms<NDArray> forward(DjlTensorScope scope, Batch batch) {
        ImageShape shape = architecture.image();
        NDArray images = scope.upload(batch.images(), batch.count(), shape.channels(), shape.height(), shape.width());
        NDArray noise = scope.upload(batch.noise(), batch.count(), architecture.latent());
        Posterior<NDArray> posterior = encoder.encode(images, Phase.TRAINING);
        NDArray logits = decoder.decode(sampler.sample(posterior, noise), Phase.TRAINING);
        return loss.compute(logits, images, posterior);
    }

    /** Completes the gradients of what is learned by zeros for what is absorbed. */
    private NamedTensors withAbsorbed(NamedTensors gradients) {
        Map<String, Tensor> all = new LinkedHashMap<>();
        for (TensorSpecification tensor : architecture.trainableTensors()) {
            boolean absorbed = tensor.role() == TensorRole.ABSORBED;
            all.put(
                    tensor.name(),
                    absorbed ? new Tensor(tensor.shape(), new float[tensor.size()]) : gradients.get(tensor.name()));
        }
        return new NamedTensors(all);
    }

    /** Gradients of the batch's mean of reconstruction + beta * KL by the learned tensors, in the engine's layout. */
    private IValue gradients(DjlTensorScope scope, LossTerms<NDArray> terms, double beta) {
        NDArray weighted = terms.kl().mul(scope.upload(new float[] {(float) beta}, 1));
        NDArray objective = terms.reconstruction().add(weighted).mean();
        return updates.gradients(objective, learnedWeights);
    }

    /** Shortens the gradients if they are too long together; those of absorbed biases are zero and do not count. */
    private void clip(IValue gradients) {
        if (request.clips()) {
            double factor = request.clippingFactor(updates.length(gradients));
            if (factor != 1) {
                updates.scale(gradients, factor);
            }
        }
    }

    private static Figures figures(DjlTensorScope scope, LossTerms<NDArray> terms) {
        return new Figures(mean(scope.download(terms.reconstruction())), mean(scope.download(terms.kl())));
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
        requireOpen();
        return weights.canonical();
    }

    @Override
    public void loadWeights(NamedTensors canonical) {
        requireOpen();
        weights.load(canonical.requireExactly(architecture.tensors(), "weights"));
    }

    @Override
    public OptimizerState optimizerState() {
        requireOpen();
        return optimizer.state();
    }

    @Override
    public void loadOptimizerState(OptimizerState state) {
        requireOpen();
        optimizer.load(state.requireFits(architecture, request.optimizer()));
    }

    /** Closes the manager, and with it every scope that is still open. */
    @Override
    public void close() {
        if (manager.isOpen()) {
            optimizer.close();
            learnedWeights.close();
            manager.close();
        }
    }

    private void requireOpen() {
        if (!manager.isOpen()) {
            throw new IllegalStateException("the model is closed");
        }
    }
}
