package dev.vaelab.experiment.check;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.Part;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.training.model.ModelRequest;
import java.math.BigInteger;
import java.util.List;

/**
 * A part that may take memory: by its tensors, or by the latents that it draws of each image.
 *
 * @param place the key that chooses it
 * @param part the part
 * @param samples latents of each image that it asks for
 * @param without the same parts, with the recipe's in the place of this one
 */
record PartCost(String place, Part part, int samples, Objective without) {
    /** The parts of an experiment. */
    static List<PartCost> of(ExperimentConfig config, Objective objective) {
        Objective recipe = ModelRequest.RECIPE;
        return List.of(
                new PartCost(
                        "loss.name",
                        objective.loss(),
                        objective.loss().samples(),
                        new Objective(recipe.loss(), objective.likelihood(), objective.prior(), objective.sampler())),
                new PartCost(
                        "loss.reconstruction",
                        objective.likelihood(),
                        1,
                        new Objective(objective.loss(), recipe.likelihood(), objective.prior(), objective.sampler())),
                new PartCost(
                        "prior.name",
                        objective.prior(),
                        1,
                        new Objective(objective.loss(), objective.likelihood(), recipe.prior(), objective.sampler())),
                new PartCost(
                        "sampler.name",
                        objective.sampler(),
                        1,
                        new Objective(objective.loss(), objective.likelihood(), objective.prior(), recipe.sampler())));
    }

    /** The part and what it takes. */
    String words(ImageShape image, int latent) {
        BigInteger values = part.tensors(image, latent).stream()
                .map(TensorSpecification::shape)
                .map(shape -> shape.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply))
                .reduce(BigInteger.ZERO, BigInteger::add);
        String latents = samples > 1 ? " with " + samples + " latents of each image" : "";
        String tensors = values.signum() > 0 ? " with tensors of " + values + " values" : "";
        return part.name() + latents + tensors;
    }
}
