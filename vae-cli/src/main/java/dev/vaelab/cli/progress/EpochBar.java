package dev.vaelab.cli.progress;

import dev.vaelab.api.model.Figures;
import dev.vaelab.training.TrainingListener;
import dev.vaelab.training.TrainingProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar for each epoch on a terminal: images done, images a second, loss terms, time left. */
public final class EpochBar implements TrainingListener {
    private static final int REFRESH_MILLISECONDS = 200;

    private final PrintStream out;
    private final IntSupplier columns;
    private final int epochs;
    private final int trainingImages;
    private final int imagesPerStep;
    private ProgressBar bar;

    /**
     * Bars for a training of so many epochs with so many images each.
     *
     * @param columns how wide the terminal is, asked before each epoch
     */
    public EpochBar(PrintStream out, IntSupplier columns, int epochs, int trainingImages, int imagesPerStep) {
        this.out = out;
        this.columns = columns;
        this.epochs = epochs;
        this.trainingImages = trainingImages;
        this.imagesPerStep = imagesPerStep;
    }

    @Override
    public void epochStarted(int epoch, int batchesDone, int batches) {
        bar = new ProgressBarBuilder()
                .setTaskName("epoch " + epoch + "/" + epochs)
                .setInitialMax(trainingImages)
                .startsFrom(Math.min((long) batchesDone * imagesPerStep, trainingImages), Duration.ZERO)
                .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(out, columns.getAsInt()))
                .setRenderer(new BarLine("images"))
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void stepDone(Figures figures, int images) {
        bar.setExtraMessage(figures.terms().entrySet().stream()
                .map(term -> String.format(Locale.ROOT, "%s %.1f", term.getKey(), term.getValue()))
                .collect(Collectors.joining("  ")));
        bar.stepBy(images);
    }

    @Override
    public void validationStarted() {
        takeAway();
    }

    @Override
    public void timeIsOver(TrainingProgress progress) {
        takeAway();
    }

    @Override
    public void trainingEnded() {
        takeAway();
    }

    /** Takes the bar off the terminal, so that lines can follow. */
    private void takeAway() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
