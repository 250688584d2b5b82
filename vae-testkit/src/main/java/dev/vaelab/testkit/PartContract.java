package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.NamedProviders;
import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.Part;
import dev.vaelab.api.model.PartKeys;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.training.model.ModelRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every part of the model promises, tried on the reference engine in a model of a few neurons.
 *
 * @param <S> what kind of part it is
 */
abstract class PartContract<S extends Part> {
    private static final String LOSS = "loss";

    /** Other than 1, so that the KL term has a weight. */
    private static final double BETA = 0.7;

    /** How far weights go along the gradient: far enough for a loss in float32 to show it. */
    private static final double STEP = 3e-3;

    /** Of the slope, for derivatives of higher order. */
    private static final double SLOPE_TOLERANCE = 2e-3;

    /** Of the loss, for what is lost on its way out in float32. */
    private static final double ROUNDING = 4e-7;

    /** More than any batch has. */
    private static final int TRAINING_IMAGES = 40;

    private final Class<S> kind;

    /** @param kind the interface of the part */
    PartContract(Class<S> kind) {
        this.kind = kind;
    }

    /** The part under test. */
    abstract S tried();

    /** The parts of the model that the part is tried in. */
    abstract Objective objective();

    /** A model with the part, which the caller closes. */
    final VaeModel<?> model(int latent) {
        return request(objective(), latent, 1).create(new ReferenceBackend());
    }

    /** What the loss says of five images. */
    static Map<String, float[]> evaluated(Objective objective, double beta) {
        return evaluated(objective, 2, 5, beta);
    }

    /** What the loss says of images. */
    static Map<String, float[]> evaluated(Objective objective, int latent, int count, double beta) {
        try (VaeModel<?> model = request(objective, latent, count).create(new ReferenceBackend())) {
            return model.evaluate(tried(objective, latent, count).batch(0), beta);
        }
    }

    private static ModelRequest request(Objective objective, int latent, int count) {
        ContractCase tried = tried(objective, latent, count);
        return new ModelRequest(
                        tried.architecture(),
                        objective,
                        OptimizerSettings.ADAM,
                        Double.POSITIVE_INFINITY,
                        tried.weights())
                .withTrainingImages(() -> TRAINING_IMAGES);
    }

    /** Smooth functions: there is no batch normalization either, so that evaluation and training compute the same. */
    private static ContractCase tried(Objective objective, int latent, int count) {
        ImageShape image = new ImageShape(1, 3, 5);
        Architecture networks = Architecture.mlp(image, List.of(6), Function.TANH, latent);
        return new ContractCase(
                networks.withParts(objective.tensors(image, latent)),
                count,
                objective.loss().noiseVectors());
    }

    @Test
    @DisplayName("ServiceLoader finds exactly one part of this name, and it is this one")
    void discovery() {
        String name = kind.getSimpleName().toLowerCase(Locale.ROOT);
        ClassLoader classPath = Thread.currentThread().getContextClassLoader();
        S found = NamedProviders.load(name, kind, classPath, Part::name)
                .require(tried().name(), "META-INF/services/" + kind.getName());
        assertEquals(tried().getClass(), found.getClass());
    }

    @Test
    @DisplayName("the description is one line")
    void description() {
        assertFalse(tried().description().isBlank());
        assertEquals(1, tried().description().lines().count(), tried().description());
    }

    @Test
    @DisplayName("it is a record, and its components can stand in a file")
    void keys() {
        assertEquals(List.of(), PartKeys.problems(kind.getSimpleName().toLowerCase(Locale.ROOT), tried()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    @DisplayName("each term of the loss is a finite number for each image, however many there are")
    void terms(int count) {
        ContractCase tried = tried(objective(), 2, count);
        try (VaeModel<?> model = request(objective(), 2, count).create(new ReferenceBackend())) {
            model.evaluate(tried.batch(0), BETA).forEach((term, values) -> {
                assertEquals(count, values.length, "values of " + term + " for " + count + " images");
                for (float value : values) {
                    assertTrue(Float.isFinite(value), () -> term + " is " + value);
                }
            });
        }
    }

    @Test
    @DisplayName("training computes the terms that evaluation computes")
    void sameInTraining() {
        ContractCase tried = tried(objective(), 2, 5);
        try (VaeModel<?> model = request(objective(), 2, 5).create(new ReferenceBackend())) {
            Map<String, Double> expected = evaluated(objective(), BETA).entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, term -> mean(term.getValue())));
            Figures figures = model.gradients(tried.batch(0), BETA).figures();
            Map<String, Double> found = new LinkedHashMap<>(figures.terms());
            found.put(LOSS, figures.loss());
            assertEquals(expected.keySet(), found.keySet());
            assertAll(found.entrySet().stream()
                    .map(term ->
                            () -> assertEquals(expected.get(term.getKey()), term.getValue(), 1e-6, term.getKey())));
        }
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    @Test
    @DisplayName(
            "the gradients are the slopes of the loss, by the weights of the networks and by each tensor of its own")
    void derivatives() {
        ContractCase tried = tried(objective(), 2, 5);
        try (VaeModel<?> model = request(objective(), 2, 5).create(new ReferenceBackend())) {
            requireSlope(
                    model, tried, "the networks", tried.architecture().encoder().tensors());
            requireSlope(
                    model, tried, "the networks", tried.architecture().decoder().tensors());
            for (TensorSpecification own : tried.architecture().parts()) {
                requireSlope(model, tried, own.name(), List.of(own));
            }
        }
    }

    /** Goes along the gradient by some of the tensors, and compares how the loss changes. */
    private static void requireSlope(
            VaeModel<?> model, ContractCase tried, String what, List<TensorSpecification> tensors) {
        Batch batch = tried.batch(0);
        Gradients at = model.gradients(batch, BETA);
        double length = Math.sqrt(product(tensors, at.gradients(), at.gradients()));
        assertTrue(length > 0, () -> "nothing depends on " + what);
        NamedTensors above = along(tried.weights(), at.gradients(), tensors, STEP / length);
        NamedTensors below = along(tried.weights(), at.gradients(), tensors, -STEP / length);
        double expected = product(tensors, at.gradients(), above) - product(tensors, at.gradients(), below);
        double found = loss(model, batch, above) - loss(model, batch, below);
        model.loadWeights(tried.weights());
        double rounding = ROUNDING * Math.max(1, Math.abs(at.figures().loss()));
        assertEquals(expected, found, SLOPE_TOLERANCE * Math.abs(expected) + rounding, "change of the loss by " + what);
    }

    private static double loss(VaeModel<?> model, Batch batch, NamedTensors weights) {
        model.loadWeights(weights);
        return model.gradients(batch, BETA).figures().loss();
    }

    private static double product(List<TensorSpecification> tensors, NamedTensors left, NamedTensors right) {
        double sum = 0;
        for (TensorSpecification tensor : tensors) {
            float[] values = left.values(tensor.name());
            for (int index = 0; index < values.length; index++) {
                sum += (double) values[index] * right.values(tensor.name())[index];
            }
        }
        return sum;
    }

    private static NamedTensors along(
            NamedTensors weights, NamedTensors gradients, List<TensorSpecification> tensors, double step) {
        Map<String, Tensor> moved = new LinkedHashMap<>(weights.asMap());
        for (TensorSpecification tensor : tensors) {
            float[] values = weights.values(tensor.name()).clone();
            for (int index = 0; index < values.length; index++) {
                values[index] += (float) (step * gradients.values(tensor.name())[index]);
            }
            moved.put(tensor.name(), new Tensor(tensor.shape(), values));
        }
        return new NamedTensors(moved);
    }
}
