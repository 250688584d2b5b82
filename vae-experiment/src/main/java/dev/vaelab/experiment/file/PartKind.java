package dev.vaelab.experiment.file;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.LossConfig;
import dev.vaelab.api.experiment.PriorConfig;
import dev.vaelab.api.experiment.SamplerConfig;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.Part;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.model.Sampler;
import java.util.Locale;
import java.util.Map;

/** The kinds of parts that a file chooses by name, and where it does. */
enum PartKind {
    LOSS(Loss.class, "loss", "name", LossConfig.ELBO),
    LIKELIHOOD(Likelihood.class, "loss", "reconstruction", LossConfig.BERNOULLI),
    PRIOR(Prior.class, "prior", "name", PriorConfig.DEFAULT.name()),
    SAMPLER(Sampler.class, "sampler", "name", SamplerConfig.DEFAULT.name());

    private final Class<? extends Part> type;
    private final String object;
    private final String chooser;
    private final String byDefault;

    PartKind(Class<? extends Part> type, String object, String chooser, String byDefault) {
        this.type = type;
        this.object = object;
        this.chooser = chooser;
        this.byDefault = byDefault;
    }

    /** What such a part implements. */
    Class<? extends Part> type() {
        return type;
    }

    /** The object in which the choice, and the keys that the chosen one has of its own, are. */
    String object() {
        return object;
    }

    /** The key of the choice. */
    String chooser() {
        return chooser;
    }

    /** The name of the choice where a file makes none. */
    String byDefault() {
        return byDefault;
    }

    /** Where the choice is made: {@code loss.name}. */
    String place() {
        return object + "." + chooser;
    }

    /** What an experiment chooses, and all keys of the object in which it does. */
    Choice in(ExperimentConfig config) {
        return switch (this) {
            case LOSS -> new Choice(config.loss().name(), config.loss().keys());
            case LIKELIHOOD ->
                new Choice(config.loss().reconstruction(), config.loss().keys());
            case PRIOR -> new Choice(config.prior().name(), config.prior().keys());
            case SAMPLER -> new Choice(config.sampler().name(), config.sampler().keys());
        };
    }

    /** The word for people. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A part by its name, and the keys beside it, which need not all be its own.
     *
     * @param name of the part
     * @param keys and their values
     */
    record Choice(String name, Map<String, Object> keys) {}
}
