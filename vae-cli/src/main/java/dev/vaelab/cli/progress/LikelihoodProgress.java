package dev.vaelab.cli.progress;

import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.estimate.LikelihoodRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** How far an estimate of the likelihood is: a bar on a terminal, or a line for each tenth of the images. */
public final class LikelihoodProgress implements AutoCloseable {
    private static final int REFRESH_MILLISECONDS = 200;
    private static final int LINES = 10;

    private final ProgressDisplay display;
    private final LikelihoodRecord record;
    private final PrintStream lines;
    private ProgressBar bar;
    private int tenths;

    /**
     * Of an estimate that begins or goes on.
     *
     * @param lines where lines go
     */
    public LikelihoodProgress(ProgressDisplay display, LikelihoodRecord record, PrintStream lines) {
        this.display = display;
        this.record = record;
        this.lines = lines;
        this.tenths = tenths();
        EstimateStamp stamp = record.stamp();
        if (display == ProgressDisplay.BAR) {
            bar = new ProgressBarBuilder()
                    .setTaskName("log p(x)")
                    .setInitialMax((long) stamp.images() * stamp.samples())
                    .startsFrom((long) record.done() * stamp.samples(), Duration.ZERO)
                    .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                    .setConsumer(new ConsoleProgressBarConsumer(Console.drawing(), Console.drawingColumns()))
                    .setRenderer(new BarLine("samples"))
                    .clearDisplayOnFinish()
                    .build();
        }
    }

    /** More samples have been decoded. */
    public void sampled(long count) {
        if (bar != null) {
            bar.stepBy(count);
        }
    }

    /** More images have been recorded. */
    public void recorded() {
        if (bar != null) {
            bar.setExtraMessage(
                    String.format(Locale.ROOT, "log p(x) %.3f", record.figures().logLikelihood()));
        }
        if (display == ProgressDisplay.PLAIN && tenths() > tenths) {
            tenths = tenths();
            lines.printf(
                    Locale.ROOT,
                    "%d of %d images: log p(x) %.3f%n",
                    record.done(),
                    record.stamp().images(),
                    record.figures().logLikelihood());
        }
    }

    private int tenths() {
        return (int) ((long) LINES * record.done() / record.stamp().images());
    }

    /** Takes the bar off the terminal, so that lines can follow. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
