package dev.vaelab.experiment.wiring;

import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.LoggingConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import java.util.stream.IntStream;

/**
 * An experiment cut down to one step of training, one batch of validation and one of test, which shows in seconds whether all of it
 * can be done: what Lightning's {@code fast_dev_run} is.
 */
final class FastDevRun {
    private FastDevRun() {}

    /** One epoch, and nothing recorded elsewhere. The sizes of the data set stay, which {@link #splits} cuts. */
    static ExperimentConfig config(ExperimentConfig config) {
        TrainingConfig training = config.training();
        TrainingConfig once = new TrainingConfig(
                1,
                training.batchSize(),
                training.optimizer(),
                training.schedule(),
                training.clipNorm(),
                null,
                training.accumulate(),
                training.average(),
                null,
                null);
        return config.with(config.model(), once).with(LoggingConfig.DEFAULT);
    }

    /** The first images of each part: those of one step, and of one batch of what is evaluated. */
    static DataSplits splits(DataSplits all, TrainingConfig training) {
        int step = training.imagesPerStep();
        int batch = training.batchSize();
        return new DataSplits(
                first(all.train(), step),
                first(all.trainEvaluated(), step),
                first(all.validation(), batch),
                first(all.test(), batch));
    }

    private static ImageSubset first(ImageSubset images, int most) {
        return images.select(IntStream.range(0, Math.min(most, images.count())).toArray());
    }
}
