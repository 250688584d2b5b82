package dev.vaelab.training.parity;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.training.model.ModelRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Trains one experiment on two engines, step by step, and compares all that they compute.
 *
 * <p>Five models train: one on the first engine, one on the second that goes its own way, and a follower on the second
 * that is given the first's weights and moments before each step. The follower shows where an operation differs, in the
 * step in which it does; the one on its own shows what that comes to over a training, where rounding is amplified from
 * step to step. How far rounding alone is amplified show the other two: a twin on each engine whose initial weights differ
 * from the others' in the last bit.
 */
public final class ParityCheck {
    private final VaeBackend first;
    private final VaeBackend second;
    private final ModelRequest request;
    private final StepSettings settings;

    /** Compares two backends on a model and its initial weights. */
    public ParityCheck(VaeBackend first, VaeBackend second, ModelRequest request, StepSettings settings) {
        this.first = first;
        this.second = second;
        this.request = request;
        this.settings = settings;
    }

    /**
     * Trains and compares.
     *
     * @param batches what the models are shown, at least as many as there are steps
     * @param steps how many training steps
     * @param progress told the number of each step that is done, from 1
     */
    public ParityReport run(Iterator<Batch> batches, int steps, IntConsumer progress) {
        List<Difference> differences = new ArrayList<>();
        List<Double> ownDrift = new ArrayList<>();
        try (VaeModel<?> leader = request.create(first);
                VaeModel<?> twin = nudged(request).create(first);
                VaeModel<?> independent = request.create(second);
                VaeModel<?> itsTwin = nudged(request).create(second);
                VaeModel<?> follower = request.create(second)) {
            for (int step = 1; step <= steps; step++) {
                Batch batch = batches.next();
                OptimizerState before = leader.optimizerState();
                follower.loadWeights(leader.weights());
                follower.loadOptimizerState(before);
                compareActivations(step, batch, leader, follower, differences);
                Gradients expected = leader.gradients(batch, settings.beta());
                compareGradients(step, expected, follower.gradients(batch, settings.beta()), differences);
                Figures loss = leader.step(batch, settings);
                follower.step(batch, settings);
                compareUpdate(step, before, leader, follower, differences);
                double expectedLoss = loss.loss();
                double ownLoss = independent.step(batch, settings).loss();
                differences.add(new Difference(step, Aspect.LOSS, "loss", relative(ownLoss, expectedLoss)));
                ownDrift.add(Math.max(
                        relative(twin.step(batch, settings).loss(), expectedLoss),
                        relative(itsTwin.step(batch, settings).loss(), ownLoss)));
                progress.accept(step);
            }
            return new ParityReport(
                    first.name(),
                    second.name(),
                    steps,
                    differences,
                    distances(leader.weights(), independent.weights()),
                    ownDrift);
        }
    }

    /** The same model with every weight moved to a neighbouring float32, up and down by turns. */
    private static ModelRequest nudged(ModelRequest request) {
        Map<String, Tensor> nudged = new LinkedHashMap<>();
        request.weights().asMap().forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            for (int index = 0; index < values.length; index++) {
                values[index] = index % 2 == 0 ? Math.nextUp(values[index]) : Math.nextDown(values[index]);
            }
            nudged.put(name, new Tensor(tensor.shape(), values));
        });
        return request.withWeights(new NamedTensors(nudged));
    }

    private static void compareActivations(
            int step, Batch batch, VaeModel<?> leader, VaeModel<?> follower, List<Difference> differences) {
        Map<String, float[]> expected = activations(leader, batch);
        activations(follower, batch)
                .forEach((name, found) -> differences.add(new Difference(
                        step,
                        Aspect.ACTIVATIONS,
                        name,
                        largestDifference(found, expected.get(name)) / Scale.largest(expected.get(name)))));
    }

    private void compareGradients(int step, Gradients expected, Gradients found, List<Difference> differences) {
        expected.figures().terms().forEach((name, term) -> {
            double scale = Scale.ofTerm(
                    name, term, request.objective(), request.architecture().latent());
            double difference = found.figures().terms().get(name) - term;
            differences.add(
                    new Difference(step, Aspect.TERMS, name, difference == 0 ? 0 : Math.abs(difference) / scale));
        });
        distances(expected.gradients(), found.gradients())
                .forEach((name, distance) -> differences.add(new Difference(step, Aspect.GRADIENTS, name, distance)));
    }

    private void compareUpdate(
            int step, OptimizerState before, VaeModel<?> leader, VaeModel<?> follower, List<Difference> differences) {
        UpdateTolerance tolerance = UpdateTolerance.of(request.optimizer(), Aspect.GRADIENTS.tolerance());
        tolerance.addStep(before, leader, settings.learningRate());
        NamedTensors expected = leader.weights();
        NamedTensors found = follower.weights();
        for (String name : expected.names()) {
            float[] expectedValues = expected.values(name);
            float[] foundValues = found.values(name);
            double share = 0;
            for (int index = 0; index < expectedValues.length; index++) {
                double difference = Math.abs((double) foundValues[index] - expectedValues[index]);
                share = Math.max(share, difference / tolerance.ofTensor(name, index));
            }
            differences.add(new Difference(step, Aspect.UPDATE, name, share));
        }
    }

    private static <T> Map<String, float[]> activations(VaeModel<T> model, Batch batch) {
        Architecture architecture = model.architecture();
        ImageShape shape = architecture.image();
        Map<String, float[]> activations = new LinkedHashMap<>();
        try (TensorScope<T> scope = model.openScope()) {
            T images = scope.upload(batch.images(), batch.count(), shape.channels(), shape.height(), shape.width());
            // The first latent of each image; a loss may draw more of them.
            float[] first = Arrays.copyOf(batch.noise(), batch.count() * architecture.latent());
            T noise = scope.upload(first, batch.count(), architecture.latent());
            Posterior<T> posterior = model.encoder(batch.labels()).encode(images, Phase.EVALUATION);
            T latents = model.sample(posterior, noise);
            T logits = model.decoder(batch.labels()).decode(latents, Phase.EVALUATION);
            activations.put("mean", scope.download(posterior.mean()));
            activations.put("log_variance", scope.download(posterior.logVariance()));
            activations.put("latent", scope.download(latents));
            activations.put("logits", scope.download(logits));
        }
        return activations;
    }

    /** The largest difference of each tensor, relative to the largest expected entry of its layer. */
    private static Map<String, Double> distances(NamedTensors expected, NamedTensors found) {
        Map<String, Double> distances = new LinkedHashMap<>();
        for (String name : expected.names()) {
            double difference = largestDifference(found.values(name), expected.values(name));
            distances.put(name, difference == 0 ? 0 : difference / Scale.ofLayer(expected, name));
        }
        return distances;
    }

    /** NaN if one of the values is: Math.max lets it through, so that it cannot hide. */
    private static double largestDifference(float[] found, float[] expected) {
        double largest = 0;
        for (int index = 0; index < expected.length; index++) {
            largest = Math.max(largest, Math.abs((double) found[index] - expected[index]));
        }
        return largest;
    }

    private static double relative(double found, double expected) {
        return found == expected ? 0 : Math.abs(found - expected) / Math.abs(expected);
    }
}
