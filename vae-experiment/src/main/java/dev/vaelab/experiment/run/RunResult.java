package dev.vaelab.experiment.run;

import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Figures;

/**
 * What a finished run ends with.
 *
 * @param name of the experiment
 * @param backend the engine's name
 * @param seed where the random numbers came from
 * @param epochs epochs trained to their end
 * @param bestEpoch the epoch with the lowest validation loss, whose weights were tested
 * @param bestValidationLoss that loss, in nats per image
 * @param measure what the figures were measured under
 * @param test mean terms over the test images, in nats per image
 */
public record RunResult(
        String name,
        String backend,
        long seed,
        int epochs,
        int bestEpoch,
        double bestValidationLoss,
        Measure measure,
        Figures test) {}
