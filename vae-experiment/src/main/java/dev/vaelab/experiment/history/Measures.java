package dev.vaelab.experiment.history;

import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.run.Provenance;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** What figures were measured by, in words: only figures whose words are the same can be compared. */
final class Measures {
    private static final int SHOWN_BYTES = 4;

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

    /** Tells data of one name from each other: the beginning of a checksum of the data's checksums. */
    static String images(Provenance provenance) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(provenance.dataChecksums())
                .forEach((file, checksum) ->
                        lines.append(file).append(' ').append(checksum).append('\n'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(lines.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
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
