package dev.vaelab.report;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.report.picture.LatentPictures;
import dev.vaelab.report.picture.RunPicture;
import dev.vaelab.training.LatentStatistics;
import java.nio.file.Files;
import java.util.function.Supplier;

/** What a run shows of its best model that rests on the model alone: it can be made anew where the images are not. */
public final class ModelIllustrations {
    private static final int SAMPLES = 64;

    private final RunFolder run;
    private final LatentPictures pictures;
    private final Extras extras;

    /** Those of a run. */
    public ModelIllustrations(RunFolder run, RandomStreams streams, Extras extras) {
        this.run = run;
        this.pictures = new LatentPictures(streams);
        this.extras = extras;
    }

    /**
     * Writes the samples, and the latent plane or the traversals; the latter along the dimensions that {@code latent.json}
     * tells, and only if there is one.
     *
     * @param model with the weights of the best epoch
     */
    public void write(VaeModel<?> model) {
        writeSamples(model);
        writeManifold(model);
        if (Files.isRegularFile(run.latent())) {
            extras.make("latent statistics", () -> JsonText.readFile(run.latent(), LatentStatistics.class))
                    .filter(statistics -> statistics.dimensions().size()
                            == model.architecture().latent())
                    .ifPresent(statistics -> writeTraversals(model, statistics));
        }
    }

    void writeSamples(VaeModel<?> model) {
        write(RunPicture.SAMPLES, () -> pictures.samples(model, SAMPLES).png());
    }

    void writeManifold(VaeModel<?> model) {
        if (model.architecture().latent() == 2) {
            write(RunPicture.MANIFOLD, () -> pictures.manifold(model).png());
        }
    }

    void writeTraversals(VaeModel<?> model, LatentStatistics statistics) {
        if (model.architecture().latent() != 2) {
            write(
                    RunPicture.TRAVERSALS,
                    () -> pictures.traversals(model, statistics).png());
        }
    }

    private void write(RunPicture picture, Supplier<byte[]> png) {
        extras.attempt("pictures", () -> run.writePicture(picture.file(run), png.get()));
    }
}
