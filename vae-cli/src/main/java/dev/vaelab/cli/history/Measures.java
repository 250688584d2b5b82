package dev.vaelab.cli.history;

import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;

/** What figures were measured by, in words: only figures whose words are the same can be compared. */
final class Measures {
    private Measures() {}

    /** The likelihood of the images given the latents, for example {@code bce} or {@code mse (variance 0.5)}. */
    static String likelihood(ExperimentConfig config) {
        return config.measure().label();
    }

    /** The measure of test figures, for example {@code bce on mnist}: the likelihood and the images. */
    static String ofTest(ExperimentConfig config) {
        return likelihood(config) + " on " + images(config.dataset());
    }

    /** The measure of the validation loss, which weights the KL term. */
    static String ofValidation(ExperimentConfig config) {
        return ofTest(config) + " with beta " + config.loss().beta();
    }

    private static String images(DatasetConfig dataset) {
        StringBuilder words = new StringBuilder(dataset.name());
        if (dataset.path() != null) {
            words.append(' ').append(dataset.path());
        }
        if (dataset.size() != null) {
            words.append(", resized to ").append(dataset.size());
        }
        if (dataset.color() != null) {
            words.append(", ").append(dataset.color());
        }
        if (dataset.test() != null) {
            words.append(", first ").append(dataset.test()).append(" test images");
        }
        return words.toString();
    }
}
