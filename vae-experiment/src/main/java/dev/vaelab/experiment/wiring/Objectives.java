package dev.vaelab.experiment.wiring;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Objective;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.Bernoulli;
import dev.vaelab.training.part.FixedGaussian;

/** The parts of a model that an experiment chooses. */
final class Objectives {
    private Objectives() {}

    static Objective of(ExperimentConfig config) {
        Likelihood likelihood = switch (config.loss().reconstruction()) {
            case BCE -> new Bernoulli();
            case MSE -> new FixedGaussian(config.loss().variance());
        };
        Objective recipe = ModelRequest.RECIPE;
        return new Objective(recipe.loss(), likelihood, recipe.prior(), recipe.sampler());
    }
}
