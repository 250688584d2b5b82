package dev.vaelab.cli.progress;

import dev.vaelab.api.backend.StepFigures;
import dev.vaelab.api.training.TrainingListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar for each epoch on a terminal: images done, images a second, loss terms, time left. */
public final class EpochBar implements TrainingListener, AutoCloseable {
    private static final int REFRESH_MILLISECONDS = 200;

    private final PrintStream out;
    private final int epochs;
    private final int trainingImages;
    private final int batchSize;
    private ProgressBar bar;

    /** Bars for a training of so many epochs with so many images each. */
    public EpochBar(PrintStream out, int epochs, int trainingImages, int batchSize) {
        this.out = out;
        this.epochs = epochs;
        this.trainingImages = trainingImages;
        this.batchSize = batchSize;
    }

    @Override
    public void epochStarted(int epoch, int batchesDone, int batches) {
        bar = new ProgressBarBuilder()
                .setTaskName("epoch " + epoch + "/" + epochs)
                .setInitialMax(trainingImages)
                .startsFrom(Math.min((long) batchesDone * batchSize, trainingImages), Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .setUnit(" images", 1)
                .showSpeed()
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void stepDone(StepFigures figures, int images) {
        bar.setExtraMessage(String.format(
                Locale.ROOT, "loss %.1f (%.1f + %.1f)", figures.loss(1), figures.reconstruction(), figures.kl()));
        bar.stepBy(images);
    }

    @Override
    public void validationStarted() {
        close();
    }

    /** Takes the bar off the terminal, so that lines can follow. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
