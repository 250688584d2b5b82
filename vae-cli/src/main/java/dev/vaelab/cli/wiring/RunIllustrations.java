package dev.vaelab.cli.wiring;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.training.LatentStatistics;
import dev.vaelab.cli.json.JsonText;
import dev.vaelab.cli.latent.ImageMap;
import dev.vaelab.cli.latent.ImageMapper;
import dev.vaelab.cli.picture.ModelPictures;
import dev.vaelab.cli.picture.RunPicture;
import dev.vaelab.cli.run.Extras;
import dev.vaelab.cli.run.RunFolder;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/** What a run shows of its best model: pictures, and how it uses its latent space. All of it can be made anew. */
public final class RunIllustrations {
    private static final int RECONSTRUCTIONS = 10;
    private static final int SAMPLES = 64;

    private final ExperimentConfig config;
    private final DataSplits splits;
    private final RandomStreams streams;
    private final ModelPictures pictures;
    private final ImageMapper mapper;

    @Inject
    RunIllustrations(
            ExperimentConfig config,
            DataSplits splits,
            RandomStreams streams,
            ModelPictures pictures,
            ImageMapper mapper) {
        this.config = config;
        this.splits = splits;
        this.streams = streams;
        this.pictures = pictures;
        this.mapper = mapper;
    }

    /**
     * Writes {@code latent.json}, {@code latent-map.json}, {@code latent-map.png} and the pictures in {@code images}.
     *
     * @param run where to
     * @param model with the weights of the best epoch
     * @param extras decides what becomes of a failure
     */
    public void write(RunFolder run, VaeModel<?> model, Extras extras) {
        write(
                run,
                RunPicture.RECONSTRUCTIONS,
                extras,
                () -> pictures.reconstructions(
                                model, Math.min(RECONSTRUCTIONS, splits.test().count()))
                        .png());
        write(
                run,
                RunPicture.SAMPLES,
                extras,
                () -> pictures.samples(model, SAMPLES).png());
        write(
                run,
                RunPicture.INTERPOLATIONS,
                extras,
                () -> pictures.interpolations(model).png());
        if (model.architecture().latent() == 2) {
            write(
                    run,
                    RunPicture.MANIFOLD,
                    extras,
                    () -> pictures.manifold(model).png());
        }
        extras.make("latent statistics", () -> LatentStatistics.measure(model, testBatches()))
                .ifPresent(statistics -> writeStatistics(run, model, statistics, extras));
        extras.make("latent map", () -> mapper.map(model)).ifPresent(map -> writeMap(run, map, extras));
    }

    private void writeMap(RunFolder run, ImageMap map, Extras extras) {
        extras.attempt("latent map", () -> {
            RunFolder.writePicture(
                    run.latentMapThumbnails(), mapper.thumbnails().png());
            RunFolder.writeText(run.latentMap(), JsonText.line(map) + System.lineSeparator());
        });
        write(run, RunPicture.LATENT_SPACE, extras, () -> mapper.picture(map).png());
    }

    private void writeStatistics(RunFolder run, VaeModel<?> model, LatentStatistics statistics, Extras extras) {
        extras.attempt("latent statistics", () -> RunFolder.writeText(run.latent(), JsonText.page(statistics)));
        if (model.architecture().latent() != 2) {
            write(
                    run,
                    RunPicture.TRAVERSALS,
                    extras,
                    () -> pictures.traversals(model, statistics).png());
        }
    }

    private static void write(RunFolder run, RunPicture picture, Extras extras, Supplier<byte[]> png) {
        extras.attempt("pictures", () -> RunFolder.writePicture(picture.file(run), png.get()));
    }

    private EvaluationBatches testBatches() {
        return new EvaluationBatches(
                splits.test(),
                config.training().batchSize(),
                config.model().latent(),
                streams,
                Split.TEST.evaluationNoise());
    }
}
