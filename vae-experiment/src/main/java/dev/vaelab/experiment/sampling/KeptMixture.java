package dev.vaelab.experiment.sampling;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.mixture.MixtureFit;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A mixture in the folder of its run, in {@code gmm-10.json} or the like.
 *
 * @param stamp what it was fitted to
 * @param fit the mixture, and how its fit ended
 */
public record KeptMixture(MixtureStamp stamp, MixtureFit fit) {
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
        return Optional.of(JsonText.readFile(file, KeptMixture.class))
                .filter(kept -> kept.stamp().equals(stamp));
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
