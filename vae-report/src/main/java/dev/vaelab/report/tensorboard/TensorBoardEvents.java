package dev.vaelab.report.tensorboard;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.report.picture.EpochPictures;
import dev.vaelab.report.picture.ModelPictures;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.PosteriorValues;
import dev.vaelab.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.proto.Summary;

/**
 * Writes an event file for TensorBoard: after each epoch its figures, two pictures, and where the model places validation
 * images, if there are any. Steps are training steps, so that what a resumed training writes into a file of its own goes on where the earlier
 * one ended.
 */
public final class TensorBoardEvents implements TrainingListener {
    private static final int RECONSTRUCTIONS = 10;
    private static final int MOST_ENCODED = 2000;

    private final Path folder;
    private final ModelPictures pictures;
    private final Extras extras;
    private final ImageSubset encoded;
    private final int reconstructed;
    private final int batchSize;
    private EventFile file;

    /**
     * Events of a training; nothing is written before its first epoch is done.
     *
     * @param folder where to
     */
    public TensorBoardEvents(
            Path folder, ExperimentConfig config, DataSplits splits, ModelPictures pictures, Extras extras) {
        this.folder = folder;
        this.pictures = pictures;
        this.extras = extras;
        this.batchSize = config.training().batchSize();
        this.reconstructed = Math.min(RECONSTRUCTIONS, splits.test().count());
        this.encoded = first(splits.validation(), MOST_ENCODED);
    }

    @Override
    public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
        extras.attempt("events for TensorBoard", () -> {
            List<Summary.Value> values = values(metrics, model);
            EventFile open = file == null ? EventFile.create(folder) : file;
            // Forgotten until all is written: one that has failed can take no more, and the next epoch begins another.
            file = null;
            open.add(metrics.steps(), values);
            file = open;
        });
    }

    private List<Summary.Value> values(EpochMetrics metrics, VaeModel<?> model) {
        List<Summary.Value> values = new ArrayList<>();
        addFigures(values, "training", metrics.training());
        if (metrics.validation() != null) {
            addFigures(values, "validation", metrics.validation());
            values.add(Summaries.scalar("validation/loss", metrics.validationLoss()));
        }
        values.add(Summaries.scalar("settings/learning_rate", metrics.learningRate()));
        values.add(Summaries.scalar("settings/beta", metrics.beta()));
        values.add(Summaries.scalar("speed/images_per_second", metrics.imagesPerSecond()));
        metrics.residentBytes()
                .ifPresent(bytes -> values.add(Summaries.scalar("speed/resident_megabytes", bytes / 1e6)));
        values.add(Summaries.picture("samples", pictures.samples(model, EpochPictures.SAMPLES)));
        values.add(Summaries.picture("reconstructions", pictures.reconstructions(model, reconstructed)));
        if (encoded.count() > 0) {
            values.add(Summaries.histogram(
                    "latent/means",
                    PosteriorValues.of(model, encoded, batchSize).means()));
        }
        return values;
    }

    private static void addFigures(List<Summary.Value> values, String split, Figures figures) {
        figures.terms().forEach((term, value) -> values.add(Summaries.scalar(split + "/" + term, value)));
        values.add(Summaries.scalar(split + "/total", figures.total()));
    }

    private static ImageSubset first(ImageSubset images, int most) {
        return images.select(IntStream.range(0, Math.min(most, images.count())).toArray());
    }
}
