package dev.vaelab.cli.wiring;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.cli.picture.ModelPictures;
import dev.vaelab.cli.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;

/** The pictures that a run ends with. */
public final class RunPictures {
    private static final int RECONSTRUCTIONS = 10;
    private static final int SAMPLES = 64;

    private final RunFolder run;
    private final ModelPictures pictures;
    private final DataSplits splits;

    @Inject
    RunPictures(RunFolder run, ModelPictures pictures, DataSplits splits) {
        this.run = run;
        this.pictures = pictures;
        this.splits = splits;
    }

    /** Writes {@code reconstructions.png} and {@code samples.png} into the run's {@code images}. */
    void write(VaeModel<?> model) {
        Path reconstructions = run.images().resolve("reconstructions.png");
        Path samples = run.images().resolve("samples.png");
        try {
            int shown = Math.min(RECONSTRUCTIONS, splits.test().count());
            pictures.reconstructions(model, shown).write(reconstructions);
            pictures.samples(model, SAMPLES).write(samples);
        } catch (IOException e) {
            throw new RunFailedException(
                    "cannot write the pictures of the run to " + run.images() + ": " + FileFailures.reason(e), e);
        }
    }
}
