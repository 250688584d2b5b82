package dev.vaelab.experiment.history;

import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.run.DataIdentity;
import dev.vaelab.experiment.run.Provenance;

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
        return withBeta(ofTest(config), config.loss().beta());
    }

    /** The measure of a validation loss from that of test figures. */
    static String withBeta(String test, double beta) {
        return test + " with beta " + beta;
    }

    /** The experiment without the path of its data, which says nothing where checksums tell what the data are. */
    static ExperimentConfig withoutPath(ExperimentConfig config) {
        return config.with(config.dataset().withoutPath());
    }

    /** Tells data of one name from each other, and knows the same data under another path. */
    static String images(Provenance provenance) {
        return DataIdentity.of(provenance.dataChecksums());
    }

    private static String images(DatasetConfig dataset) {
        StringBuilder words = new StringBuilder(dataset.name());
        if (dataset.path() != null) {
            words.append(' ').append(dataset.path());
        }
        if (dataset.split() != null) {
            words.append(' ').append(dataset.split());
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
