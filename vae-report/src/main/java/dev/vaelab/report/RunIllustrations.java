package dev.vaelab.report;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.wiring.RunContext;
import dev.vaelab.report.latent.ImageMap;
import dev.vaelab.report.latent.ImageMapper;
import dev.vaelab.report.picture.ModelPictures;
import dev.vaelab.report.picture.RunPicture;
import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.TrainingListener;
import java.util.function.Supplier;

/** What a run shows of its best model: pictures, and how it uses its latent space. All of it can be made anew. */
public final class RunIllustrations implements TrainingListener {
    private static final int RECONSTRUCTIONS = 10;

    private final ExperimentConfig config;
    private final DataSplits splits;
    private final RandomStreams streams;
    private final ModelPictures pictures;
    private final ModelIllustrations ofModel;
    private final ImageMapper mapper;
    private final RunFolder run;
    private final Extras extras;

    /** Those of a run. */
    public RunIllustrations(RunContext context) {
        this.config = context.config();
        this.splits = context.splits();
        this.streams = context.streams();
        this.run = context.run();
        this.extras = context.extras();
        this.pictures = new ModelPictures(splits, streams);
        this.ofModel = new ModelIllustrations(run, streams, extras);
        this.mapper = new ImageMapper(config, splits, streams);
    }

    @Override
    public void bestTested(VaeModel<?> best) {
        write(best);
    }

    /**
     * Writes {@code latent.json}, {@code latent-map.json}, {@code latent-map.png} and the pictures in {@code images}.
     *
     * @param model with the weights of the best epoch
     */
    public void write(VaeModel<?> model) {
        write(
                RunPicture.RECONSTRUCTIONS,
                () -> pictures.reconstructions(
                                model, Math.min(RECONSTRUCTIONS, splits.test().count()))
                        .png());
        ofModel.writeSamples(model);
        write(RunPicture.INTERPOLATIONS, () -> pictures.interpolations(model).png());
        ofModel.writeManifold(model);
        extras.make("latent statistics", () -> LatentStatistics.measure(model, testBatches()))
                .ifPresent(statistics -> writeStatistics(model, statistics));
        extras.make("latent map", () -> mapper.map(model)).ifPresent(map -> writeMap(map));
    }

    private void writeMap(ImageMap map) {
        extras.attempt("latent map", () -> {
            run.writePicture(run.latentMapThumbnails(), mapper.thumbnails().png());
            RunFolder.writeText(run.latentMap(), JsonText.line(map) + System.lineSeparator());
        });
        write(RunPicture.LATENT_SPACE, () -> mapper.picture(map).png());
    }

    private void writeStatistics(VaeModel<?> model, LatentStatistics statistics) {
        extras.attempt("latent statistics", () -> RunFolder.writeText(run.latent(), JsonText.page(statistics)));
        ofModel.writeTraversals(model, statistics);
    }

    private void write(RunPicture picture, Supplier<byte[]> png) {
        extras.attempt("pictures", () -> run.writePicture(picture.file(run), png.get()));
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
