package dev.vaelab.experiment.sampling;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Fingerprint;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.mixture.MixtureFit;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A mixture in the folder of its run, in {@code gmm-10.json} or the like.
 *
 * @param stamp what it was fitted to
 * @param fit the mixture, and how its fit ended
 * @param checksum of its numbers: a digit that is another one would be a mixture, too
 */
public record KeptMixture(MixtureStamp stamp, MixtureFit fit, String checksum) {
    private static final String ADVICE = "without the file, the mixture is fitted anew";

    /** A mixture that was just fitted. */
    public static KeptMixture of(MixtureStamp stamp, MixtureFit fit) {
        return new KeptMixture(stamp, fit, checksum(fit));
    }

    private static String checksum(MixtureFit fit) {
        return Fingerprint.of(JsonText.line(fit));
    }

    /**
     * The mixture that a run keeps under a stamp; nothing if it keeps none, or one of other weights, which the next one replaces.
     *
     * @throws InvalidInputException if the file is damaged
     */
    public static Optional<KeptMixture> find(RunFolder run, MixtureStamp stamp) {
        Path file = run.path().resolve(stamp.fileName());
        if (!RegularFiles.isThere(file)) {
            return Optional.empty();
        }
        KeptMixture kept = JsonText.readFile(file, KeptMixture.class, ADVICE);
        if (!kept.checksum().equals(checksum(kept.fit()))) {
            throw new InvalidInputException(new Problem(
                    file.toString(), "numbers that do not fit their checksum", "the mixture as it was fitted", ADVICE));
        }
        return Optional.of(kept).filter(found -> found.stamp().equals(stamp));
    }

    /**
     * Keeps it in the folder of a run.
     *
     * @throws RunFailedException if that cannot be written to; what was there before is intact
     */
    public void write(RunFolder run) {
        RunFolder.writeText(run.path().resolve(stamp.fileName()), JsonText.page(this));
    }
}
