package dev.vaelab.training.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.training.network.ComposedNetwork;
import dev.vaelab.training.part.VampPrior;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pseudo-inputs of a prior")
final class PseudoInputsTest {
    private static final RandomStreams STREAMS = new RandomStreams(3);
    private static final ImageShape SHAPE = new ImageShape(1, 4, 4);
    private static final int PSEUDO_INPUTS = 5;
    private static final StepSettings STEP = new StepSettings(0.05, 1);

    /** Batch normalization in the encoder: its running statistics decide what an evaluation sees. */
    private final ModelRequest request = request();

    private final Batch batch = batch(4);
    private int encoded;

    @Test
    @DisplayName("are encoded once for all batches of an evaluation, and anew behind a step of the training")
    void once() {
        try (Vae<?> model = counted()) {
            for (int repetition = 0; repetition < 3; repetition++) {
                model.evaluate(batch, 1);
            }
            assertEquals(3 * 4 + PSEUDO_INPUTS, encoded);
            encoded = 0;
            model.step(batch, STEP);
            assertEquals(4 + PSEUDO_INPUTS, encoded, "one batch");
            encoded = 0;
            model.evaluate(batch, 1);
            model.drawFromPrior(3, STREAMS, Purpose.GENERATION);
            model.evaluate(batch, 1);
            assertEquals(2 * 4 + PSEUDO_INPUTS, encoded);
        }
    }

    @Test
    @DisplayName("are not encoded by who asks for no prior")
    void notAskedFor() {
        try (Vae<?> model = counted()) {
            encode(model, Phase.EVALUATION);
            assertEquals(4, encoded);
        }
    }

    @Test
    @DisplayName("give an evaluation what a new model with the same weights gives it, whatever changed the weights")
    void sameAsNew() {
        try (Vae<?> model = counted()) {
            float[] initial = loss(model);
            model.step(batch, STEP);
            float[] stepped = loss(model);
            assertFalse(Arrays.equals(initial, stepped));
            assertArrayEquals(ofNewModel(model.weights()), stepped);
            encode(model, Phase.TRAINING);
            float[] seen = loss(model);
            assertFalse(Arrays.equals(stepped, seen), "running statistics have moved");
            assertArrayEquals(ofNewModel(model.weights()), seen);
            model.gradients(batch, 1);
            assertArrayEquals(seen, loss(model));
            model.loadWeights(request.weights());
            assertArrayEquals(initial, loss(model));
        }
    }

    private <T> void encode(Vae<T> model, Phase phase) {
        try (var scope = model.openScope()) {
            model.encoder().encode(scope.upload(batch.images(), 4, 1, 4, 4), phase);
        }
    }

    private float[] ofNewModel(NamedTensors weights) {
        try (Vae<?> model = model(new ReferenceBackend().open(), request.withWeights(weights))) {
            return loss(model);
        }
    }

    private float[] loss(Vae<?> model) {
        return model.evaluate(batch, 1).get("loss");
    }

    private Vae<?> counted() {
        return model(new Counting<>(new ReferenceBackend().open()), request);
    }

    private static <T> Vae<T> model(Engine<T> engine, ModelRequest request) {
        return Vae.on(engine, request);
    }

    private static Batch batch(int count) {
        float[] pixels = STREAMS.gaussian(count * SHAPE.size(), Purpose.TEST_NOISE);
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            pixels[pixel] = Math.min(1, Math.abs(pixels[pixel]));
        }
        return new Batch(count, pixels, STREAMS.gaussian(count * 2, Purpose.VALIDATION_NOISE));
    }

    private static ModelRequest request() {
        Objective recipe = ModelRequest.RECIPE;
        Objective objective =
                new Objective(recipe.loss(), recipe.likelihood(), new VampPrior(PSEUDO_INPUTS), recipe.sampler());
        Architecture networks = new Architecture(SHAPE, List.of(2), 4, 2);
        Architecture architecture = networks.withParts(objective.tensors(SHAPE, 2));
        return new ModelRequest(
                architecture,
                objective,
                OptimizerSettings.ADAM,
                Double.POSITIVE_INFINITY,
                InitialWeights.draw(architecture, STREAMS));
    }

    /** Counts the rows that go through the encoder. */
    private final class Counting<T> implements Engine<T> {
        private final Engine<T> engine;

        Counting(Engine<T> engine) {
            this.engine = engine;
        }

        @Override
        public TensorOperations<T> operations() {
            return engine.operations();
        }

        @Override
        public Optional<Network<T>> network(NetworkSpecification specification) {
            Network<T> network = new ComposedNetwork<>(engine.operations(), specification);
            return Optional.of(
                    specification.heads().isEmpty() ? network : new CountingNetwork<>(engine.operations(), network));
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    /** Passes on what it is asked for. */
    private final class CountingNetwork<T> implements Network<T> {
        private final TensorOperations<T> operations;
        private final Network<T> network;

        CountingNetwork(TensorOperations<T> operations, Network<T> network) {
            this.operations = operations;
            this.network = network;
        }

        @Override
        public List<T> parameters() {
            return network.parameters();
        }

        @Override
        public NamedTensors read(List<T> parameters) {
            return network.read(parameters);
        }

        @Override
        public void write(NamedTensors tensors, List<T> parameters) {
            network.write(tensors, parameters);
        }

        @Override
        public NamedTensors statistics() {
            return network.statistics();
        }

        @Override
        public void writeStatistics(NamedTensors tensors) {
            network.writeStatistics(tensors);
        }

        @Override
        public Pass<T> forward(T input, Phase phase) {
            encoded += operations.shape(input)[0];
            return network.forward(input, phase);
        }

        @Override
        public void close() {
            network.close();
        }
    }
}
