package dev.vaelab.training.model;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Engine;
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
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.training.FigureSum;
import dev.vaelab.training.network.ComposedNetwork;
import dev.vaelab.training.network.TensorStore;
import dev.vaelab.training.optimizer.ComposedUpdate;
import dev.vaelab.training.tape.Tape;
import dev.vaelab.training.tape.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A variational autoencoder on an engine. Where the engine has a network or an update of its own, that is used; all else is
 * composed of its operations.
 *
 * @param <T> the engine's tensor
 */
public final class Vae<T> implements VaeModel<T> {
    private static final String LOSS = "loss";

    private final Engine<T> engine;
    private final TensorOperations<T> operations;
    private final ModelRequest request;
    private final Architecture architecture;
    private final Network<T> encoder;
    private final Network<T> decoder;
    private final TensorStore<T> parts;
    private final ParameterList<T> parameters;
    private final Optimizer<T> optimizer;
    private final Optional<WeightAverage<T>> average;
    private final GradientSum<T> gradientSum;
    private final KeptPosterior<T> ofPseudoInputs;
    private boolean closed;

    private Vae(Engine<T> engine, ModelRequest request) {
        this.engine = engine;
        this.request = request;
        operations = engine.operations();
        ofPseudoInputs = new KeptPosterior<>(operations);
        architecture = request.architecture();
        encoder = network(architecture.encoder());
        decoder = network(architecture.decoder());
        parts = new TensorStore<>(operations, architecture.parts());
        parameters = new ParameterList<>(encoder, decoder, parts);
        optimizer = new Optimizer<>(
                request.optimizer(),
                operations,
                parameters,
                engine.update(request.optimizer())
                        .orElseGet(() -> new ComposedUpdate<>(operations, request.optimizer())));
        gradientSum = new GradientSum<>(operations);
        write(request.weights());
        average = request.average().map(settings -> new WeightAverage<>(settings, operations, parameters));
    }

    /**
     * Makes a model.
     *
     * @param engine belongs to the model from here on
     * @param request with the weights of its architecture
     */
    static <T> Vae<T> on(Engine<T> engine, ModelRequest request) {
        try {
            return new Vae<>(engine, request);
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    private Network<T> network(NetworkSpecification specification) {
        return engine.network(specification).orElseGet(() -> new ComposedNetwork<>(operations, specification));
    }

    @Override
    public Architecture architecture() {
        requireOpen();
        return architecture;
    }

    @Override
    public Encoder<T> encoder(int... labels) {
        requireOpen();
        Condition condition = new Condition(architecture, labels);
        return (images, phase) -> {
            requireOpen();
            ImageShape shape = architecture.image();
            requireRows("images", images, shape.channels(), shape.height(), shape.width());
            if (phase == Phase.TRAINING) {
                // Running statistics move.
                ofPseudoInputs.forget();
            }
            T known = condition.withImages(new Operand<>(operations, images)).value();
            List<T> outputs = encoder.forward(known, phase).outputs();
            return new Posterior<>(outputs.get(0), outputs.get(1));
        };
    }

    @Override
    public Decoder<T> decoder(int... labels) {
        requireOpen();
        Condition condition = new Condition(architecture, labels);
        return (latents, phase) -> {
            requireOpen();
            requireRows("latents", latents, architecture.latent());
            T known = condition.withLatents(new Operand<>(operations, latents)).value();
            return decoder.forward(known, phase).outputs().get(0);
        };
    }

    private void requireRows(String what, T tensor, int... each) {
        int[] found = operations.shape(tensor);
        boolean fits = found.length == each.length + 1;
        for (int axis = 0; fits && axis < each.length; axis++) {
            fits = found[axis + 1] == each[axis];
        }
        if (!fits) {
            throw new IllegalArgumentException(what + " need the shape [images, "
                    + Arrays.toString(each).substring(1) + ", found " + Arrays.toString(found));
        }
    }

    @Override
    public T sample(Posterior<T> posterior, T noise) {
        BoundModel<T> model = evaluated();
        return model.sample(operands(posterior), model.operand(noise)).value();
    }

    @Override
    public T logLikelihood(T images, T logits) {
        BoundModel<T> model = evaluated();
        return model.logLikelihood(model.operand(images), model.operand(logits)).value();
    }

    @Override
    public T expectedImages(T logits) {
        BoundModel<T> model = evaluated();
        return model.expectedImages(model.operand(logits)).value();
    }

    @Override
    public T divergence(Posterior<T> posterior, T latents) {
        BoundModel<T> model = evaluated();
        return model.divergence(operands(posterior), model.operand(latents)).value();
    }

    @Override
    public T logPrior(T latents) {
        BoundModel<T> model = evaluated();
        return model.logPrior(model.operand(latents)).value();
    }

    private Posterior<Operand<T>> operands(Posterior<T> posterior) {
        return new Posterior<>(
                new Operand<>(operations, posterior.mean()), new Operand<>(operations, posterior.logVariance()));
    }

    @Override
    public int samples() {
        return request.objective().loss().samples();
    }

    @Override
    public int noiseVectors() {
        return request.objective().loss().noiseVectors();
    }

    @Override
    public float[] drawFromPrior(int count, RandomStreams streams, Purpose purpose) {
        requireOpen();
        Map<String, Tensor> own = new LinkedHashMap<>();
        try (OperationScope scope = operations.openScope()) {
            evaluated().posteriorOfPseudoInputs().ifPresent(posterior -> {
                own.put(Prior.PSEUDO_MEANS, download(posterior.mean()));
                own.put(Prior.PSEUDO_LOG_VARIANCES, download(posterior.logVariance()));
            });
        }
        parts.read(parts.variables()).asMap().forEach((name, tensor) -> {
            if (name.startsWith("prior.")) {
                own.put(name.substring("prior.".length()), tensor);
            }
        });
        return request.objective().prior().draw(count, architecture.latent(), new NamedTensors(own), streams, purpose);
    }

    private Tensor download(Operand<T> tensor) {
        return new Tensor(Arrays.stream(tensor.shape()).boxed().toList(), operations.download(tensor.value()));
    }

    @Override
    public TensorOperations<T> operations() {
        requireOpen();
        return operations;
    }

    @Override
    public BoundModel<T> evaluated(int... labels) {
        requireOpen();
        return new BoundModel<>(
                operations,
                request.objective(),
                request.trainingImages(),
                parts::get,
                Phase.EVALUATION,
                new Condition(architecture, labels),
                images -> encoder.forward(images, Phase.EVALUATION).outputs(),
                latents -> decoder.forward(latents, Phase.EVALUATION).outputs(),
                ofPseudoInputs::get);
    }

    @Override
    public TensorScope<T> openScope() {
        requireOpen();
        OperationScope scope = operations.openScope();
        return new ModelScope<>(operations, scope);
    }

    @Override
    public Map<String, float[]> evaluate(Batch batch, double beta) {
        requireOpen();
        batch.requireFits(architecture, noiseVectors());
        BoundModel<T> model = evaluated(batch.labels());
        try (OperationScope scope = operations.openScope()) {
            LossTerms<T> terms = compute(model, batch, beta, tensor -> tensor);
            Map<String, float[]> values = new LinkedHashMap<>();
            terms.terms().forEach((name, term) -> values.put(name, operations.download(term.value())));
            values.put(LOSS, operations.download(terms.minimized().value()));
            return values;
        }
    }

    @Override
    public Figures step(Batch batch, StepSettings settings) {
        requireFits(batch);
        try (OperationScope scope = operations.openScope()) {
            Learned<T> learned = learn(batch, settings.beta());
            update(learned.gradients(), settings);
            return learned.figures();
        }
    }

    @Override
    public Figures step(List<Batch> batches, StepSettings settings) {
        if (batches.size() == 1) {
            return step(batches.get(0), settings);
        }
        batches.forEach(this::requireFits);
        gradientSum.clear();
        FigureSum figures = FigureSum.ZERO;
        for (Batch batch : batches) {
            // A scope for each: what one batch has taken in the engine is there for the next.
            try (OperationScope scope = operations.openScope()) {
                Learned<T> learned = learn(batch, settings.beta());
                gradientSum.add(learned.gradients(), batch.count());
                figures = figures.plusMeans(learned.figures(), batch.count());
            }
        }
        try (OperationScope scope = operations.openScope()) {
            update(gradientSum.takeMeans(), settings);
        }
        return figures.mean();
    }

    private void update(List<T> gradients, StepSettings settings) {
        long step = optimizer.step(clipped(gradients), settings.learningRate());
        average.ifPresent(kept -> kept.update(step));
    }

    @Override
    public Gradients gradients(Batch batch, double beta) {
        requireFits(batch);
        NamedTensors before = parameters.statistics();
        try (OperationScope scope = operations.openScope()) {
            Learned<T> learned = learn(batch, beta);
            return new Gradients(learned.figures(), parameters.read(learned.gradients()));
        } finally {
            parameters.writeStatistics(before);
        }
    }

    private void requireFits(Batch batch) {
        requireOpen();
        batch.requireFits(architecture, noiseVectors());
        int smallest = request.objective().loss().smallestBatch();
        if (batch.count() < smallest) {
            throw new IllegalArgumentException(request.objective().loss().name() + " learns from batches of at least "
                    + smallest + " images, found " + batch.count());
        }
    }

    /** What a batch teaches: its figures, and the gradients of all parameters. */
    record Learned<T>(Figures figures, List<T> gradients) {}

    /** Forward and backward pass in training. */
    Learned<T> learn(Batch batch, double beta) {
        ofPseudoInputs.forget();
        Tape<T> tape = new Tape<>(operations);
        NetworkOnTape<T> encoding = new NetworkOnTape<>(tape, encoder);
        NetworkOnTape<T> decoding = new NetworkOnTape<>(tape, decoder);
        Map<String, Variable<T>> own = new LinkedHashMap<>();
        parts.specifications().forEach(tensor -> own.put(tensor.name(), tape.track(parts.get(tensor.name()))));
        BoundModel<Variable<T>> model = new BoundModel<>(
                tape,
                request.objective(),
                request.trainingImages(),
                own::get,
                Phase.TRAINING,
                new Condition(architecture, batch.labels()),
                encoding::forward,
                decoding::forward,
                Supplier::get);
        LossTerms<Variable<T>> terms = compute(model, batch, beta, tape::fixed);
        List<Variable<T>> by = new ArrayList<>(
                ParameterList.join(encoding.parameters(), decoding.parameters(), new ArrayList<>(own.values())));
        List<T> gradients = tape.gradients(terms.minimized().mean(0).value(), by);
        return new Learned<>(figures(terms), gradients);
    }

    private <X> LossTerms<X> compute(BoundModel<X> model, Batch batch, double beta, Function<T, X> input) {
        ImageShape shape = architecture.image();
        int count = batch.count();
        T images = operations.upload(batch.images(), count, shape.channels(), shape.height(), shape.width());
        T noise = operations.upload(batch.noise(), count * noiseVectors(), architecture.latent());
        T weight = operations.upload(new float[] {(float) beta}, 1);
        return request.objective()
                .loss()
                .compute(
                        model,
                        model.operand(input.apply(images)),
                        model.operand(input.apply(noise)),
                        model.operand(input.apply(weight)));
    }

    private Figures figures(LossTerms<Variable<T>> terms) {
        Map<String, Double> means = new LinkedHashMap<>();
        terms.terms().forEach((name, term) -> means.put(name, mean(term)));
        return new Figures(means, mean(terms.minimized()));
    }

    private double mean(Operand<Variable<T>> each) {
        float[] values = operations.download(each.value().value());
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private List<T> clipped(List<T> gradients) {
        if (!request.clips()) {
            return gradients;
        }
        double factor = request.clippingFactor(operations.length(gradients));
        if (factor == 1) {
            return gradients;
        }
        T scale = operations.upload(new float[] {(float) factor}, 1);
        return gradients.stream()
                .map(gradient -> operations.multiply(gradient, scale))
                .toList();
    }

    @Override
    public NamedTensors weights() {
        requireOpen();
        return parameters.inOrder(architecture.tensors());
    }

    @Override
    public void loadWeights(NamedTensors replacement) {
        requireOpen();
        write(replacement.requireExactly(architecture.tensors(), "weights"));
    }

    private void write(NamedTensors weights) {
        ofPseudoInputs.forget();
        parameters.write(weights, parameters.all());
        parameters.writeStatistics(weights);
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

    @Override
    public Optional<NamedTensors> averagedWeights() {
        requireOpen();
        return average.map(kept -> kept.read(architecture.tensors()));
    }

    @Override
    public void loadAveragedWeights(NamedTensors replacement) {
        requireOpen();
        average.orElseThrow(() -> new IllegalStateException("the model keeps no average of its weights"))
                .write(replacement.requireExactly(architecture.tensors(), "average"));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            optimizer.close();
            gradientSum.close();
            average.ifPresent(WeightAverage::close);
            encoder.close();
            decoder.close();
            parts.close();
            ofPseudoInputs.close();
            engine.close();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }
}
