package dev.vaelab.experiment.check;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.Part;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.training.model.ModelRequest;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part that may take memory: by its tensors, by the latents that it draws of each image, or by what it compares with what.
 *
 * @param place the key that chooses it
 * @param part the part
 * @param samples latents of each image that it asks for
 * @param rows of a batch of one image, as its formulas see them
 * @param without the same parts, with the recipe's in the place of this one
 */
record PartCost(String place, Part part, int samples, int rows, Objective without) {
    /** The parts of an experiment. */
    static List<PartCost> of(ExperimentConfig config, Objective objective) {
        Objective recipe = ModelRequest.RECIPE;
        int samples = objective.loss().samples();
        return List.of(
                new PartCost(
                        "loss.name",
                        objective.loss(),
                        samples,
                        1,
                        new Objective(recipe.loss(), objective.likelihood(), objective.prior(), objective.sampler())),
                new PartCost(
                        "loss.reconstruction",
                        objective.likelihood(),
                        1,
                        samples,
                        new Objective(objective.loss(), recipe.likelihood(), objective.prior(), objective.sampler())),
                new PartCost(
                        "prior.name",
                        objective.prior(),
                        1,
                        samples,
                        new Objective(objective.loss(), objective.likelihood(), recipe.prior(), objective.sampler())),
                new PartCost(
                        "sampler.name",
                        objective.sampler(),
                        1,
                        samples,
                        new Objective(objective.loss(), objective.likelihood(), objective.prior(), recipe.sampler())));
    }

    /** The part and what it takes. */
    String words(ImageShape image, int latent, int batch) {
        BigInteger values = part.tensors(image, latent).stream()
                .map(TensorSpecification::shape)
                .map(PartCost::size)
                .reduce(BigInteger.ZERO, BigInteger::add);
        String latents = samples > 1 ? " with " + samples + " latents of each image" : "";
        String tensors = values.signum() > 0 ? " with tensors of " + values + " values" : "";
        String results = part.largeResults(Math.multiplyExact(rows, batch), latent).stream()
                .max(Comparator.comparing(PartCost::size))
                .map(shape -> " with results of " + shape + " values for a batch")
                .orElse("");
        return part.name()
                + Stream.of(latents, tensors, results)
                        .filter(words -> !words.isEmpty())
                        .collect(Collectors.joining(" and"));
    }

    private static BigInteger size(List<Integer> shape) {
        return shape.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }
}
