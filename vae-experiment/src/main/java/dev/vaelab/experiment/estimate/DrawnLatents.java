package dev.vaelab.experiment.estimate;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.Sampler;

/** Latents that are drawn from the posterior. Where they are not, its density weighs nothing, and estimates by its draws mean nothing. */
public final class DrawnLatents {
    private DrawnLatents() {}

    /**
     * Goes on only if a model has them.
     *
     * @param place what asks for an estimate by them: an option or a parameter
     * @throws InvalidInputException if it has not
     */
    public static void require(String place, Objective objective) {
        Sampler sampler = objective.sampler();
        if (!sampler.draws()) {
            throw new InvalidInputException(new Problem(
                    place,
                    "a model with the sampler " + sampler.name() + ", whose latents are not drawn: q(z|x) is a point",
                    "a sampler that draws from the posterior, whose density weighs the latents",
                    "without it, the terms of the loss are what there is"));
        }
    }
}
