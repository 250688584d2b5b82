package dev.vaelab.backend.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Likelihood;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.weights.InitialWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FiniteDifferencesTest {
    private static final RandomStreams STREAMS = new RandomStreams(7);
    private static final double BETA = 1.5;

    /** Balances the two errors of a central difference: of the cubic term, and of rounding the loss. */
    private static final double SHIFT = 1e-5;

    /** Relative to the largest entry of the layer's gradients. */
    private static final double TOLERANCE = 1e-6;

    static Stream<Arguments> architecturesAndBatches() {
        return Stream.of(
                Arguments.of(new Architecture(new ImageShape(1, 4, 4), List.of(3), 5, 2), 3),
                Arguments.of(new Architecture(new ImageShape(1, 4, 4), List.of(3), 5, 2), 1),
                Arguments.of(new Architecture(new ImageShape(3, 4, 8), List.of(2, 4), 5, 3), 4),
                Arguments.of(new Architecture(new ImageShape(1, 16, 8), List.of(2, 3, 2), 4, 2), 2));
    }

    @ParameterizedTest(name = "{0}, batch of {1}")
    @MethodSource("architecturesAndBatches")
    @DisplayName("Every entry of every gradient is the slope of the loss that a central finite difference finds")
    void gradientsAreSlopes(Architecture architecture, int count) {
        requireSlopes(architecture, count, Likelihood.BERNOULLI);
    }

    @ParameterizedTest(name = "{0}, batch of {1}")
    @MethodSource("architecturesAndBatches")
    @DisplayName("So it is under a Gaussian likelihood")
    void gaussianGradientsAreSlopes(Architecture architecture, int count) {
        requireSlopes(architecture, count, new Likelihood.Gaussian(0.1));
    }

    private static void requireSlopes(Architecture architecture, int count, Likelihood likelihood) {
        Batch batch = batch(architecture, count);
        Weights weights = new Weights(InitialWeights.draw(architecture, STREAMS));
        Network network = new Network(architecture, likelihood, weights);
        leaveTheSpecialStartingPoint(network, weights, batch);

        Map<String, DoubleTensor> gradients = network.differentiate(network.forward(batch), BETA);

        gradients.forEach((name, gradient) -> {
            double scale = largest(gradient, gradients.get(layerOf(name) + ".weight"));
            for (int index = 0; index < gradient.values().length; index++) {
                assertEquals(
                        slope(network, weights, batch, name, index),
                        gradient.values()[index],
                        TOLERANCE * scale,
                        name + "[" + index + "]");
            }
        });
    }

    /** At the initial weights every batch normalization has scale 1 and shift 0, which could hide a mistake. */
    private static void leaveTheSpecialStartingPoint(Network network, Weights weights, Batch batch) {
        Adam adam = new Adam(OptimizerSettings.ADAM, network.architecture());
        for (int step = 0; step < 3; step++) {
            adam.update(weights, network.differentiate(network.forward(batch), BETA), 0.1);
        }
    }

    private static double slope(Network network, Weights weights, Batch batch, String name, int index) {
        DoubleTensor tensor = weights.get(name);
        double above = lossWith(network, weights, batch, name, shifted(tensor, index, SHIFT));
        double below = lossWith(network, weights, batch, name, shifted(tensor, index, -SHIFT));
        weights.replace(name, tensor);
        return (above - below) / (2 * SHIFT);
    }

    private static double lossWith(Network network, Weights weights, Batch batch, String name, DoubleTensor tensor) {
        weights.replace(name, tensor);
        LossTerms<DoubleTensor> terms = network.forward(batch);
        return Objective.of(terms, BETA).values()[0];
    }

    private static DoubleTensor shifted(DoubleTensor tensor, int index, double shift) {
        double[] values = tensor.values().clone();
        values[index] += shift;
        return tensor.withValues(values);
    }

    /** The gradient by an absorbed bias is zero: there is nothing but the weight's to measure its difference by. */
    private static double largest(DoubleTensor gradient, DoubleTensor gradientByWeight) {
        return Stream.of(gradient, gradientByWeight)
                .flatMap(tensor -> Arrays.stream(tensor.values()).mapToObj(Math::abs))
                .max(Double::compare)
                .orElseThrow();
    }

    private static String layerOf(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static Batch batch(Architecture architecture, int count) {
        UniformRandomProvider random = STREAMS.open(Purpose.SHUFFLE);
        float[] images = new float[count * architecture.image().size()];
        for (int index = 0; index < images.length; index++) {
            images[index] = random.nextFloat();
        }
        float[] noise = STREAMS.gaussian(count * architecture.latent(), Purpose.TRAINING_NOISE);
        return new Batch(count, images, noise);
    }
}
