package dev.vaelab.experiment.check;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.ModelConfig;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The keys of an experiment that decide how much memory it takes. */
enum SizeKey {
    CHANNELS("model.channels") {
        @Override
        String found(ExperimentConfig config) {
            return String.valueOf(config.model().channels());
        }

        @Override
        int value(ExperimentConfig config) {
            return config.model().channels() == null
                    ? 1
                    : Collections.max(config.model().channels());
        }

        @Override
        ExperimentConfig with(ExperimentConfig config, int value) {
            ModelConfig model = config.model();
            if (model.channels() == null) {
                return config;
            }
            List<Integer> channels =
                    model.channels().stream().map(one -> Math.min(one, value)).toList();
            return config.with(model.withChannels(channels), config.training());
        }

        @Override
        String advice(int value) {
            return "set none of model.channels to more than " + value;
        }
    },
    HIDDEN("model.hidden") {
        @Override
        int value(ExperimentConfig config) {
            return config.model().hidden() == null ? 1 : config.model().hidden().largest();
        }

        @Override
        ExperimentConfig with(ExperimentConfig config, int value) {
            ModelConfig model = config.model();
            if (model.hidden() == null) {
                return config;
            }
            return config.with(model.withHidden(model.hidden().atMost(value)), config.training());
        }
    },
    LATENT("model.latent") {
        @Override
        int value(ExperimentConfig config) {
            return config.model().latent();
        }

        @Override
        ExperimentConfig with(ExperimentConfig config, int value) {
            ModelConfig model = config.model();
            return config.with(model.withLatent(value), config.training());
        }
    },
    BATCH_SIZE("training.batchSize") {
        @Override
        int value(ExperimentConfig config) {
            return config.training().batchSize();
        }

        @Override
        ExperimentConfig with(ExperimentConfig config, int value) {
            return config.with(config.model(), config.training().withBatchSize(value));
        }
    };

    private final String key;

    SizeKey(String key) {
        this.key = key;
    }

    /** The key, joined by dots. */
    String key() {
        return key;
    }

    /** The value as the file has it. */
    String found(ExperimentConfig config) {
        return Integer.toString(value(config));
    }

    /** How large the value is. */
    abstract int value(ExperimentConfig config);

    /** The experiment with a smaller value. */
    abstract ExperimentConfig with(ExperimentConfig config, int value);

    /** What to do, where values up to this one will do. */
    String advice(int value) {
        return "set " + key + " to at most " + value;
    }

    /** The key to blame for a cost: the one without which least of it is left. */
    static SizeKey dearest(ExperimentConfig config, ToDoubleFunction<ExperimentConfig> cost) {
        SizeKey dearest = CHANNELS;
        double least = Double.POSITIVE_INFINITY;
        for (SizeKey candidate : values()) {
            double left = cost.applyAsDouble(candidate.with(config, 1));
            if (left < least) {
                least = left;
                dearest = candidate;
            }
        }
        return dearest;
    }

    /** The advice of this key which is right; nothing if no value is. */
    Optional<String> checkedAdvice(ExperimentConfig config, Predicate<ExperimentConfig> right) {
        int good = 0;
        int bad = value(config);
        while (bad - good > 1) {
            int middle = good + (bad - good) / 2;
            if (right.test(with(config, middle))) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return Stream.of(good).filter(value -> value > 0).map(this::advice).findFirst();
    }
}
