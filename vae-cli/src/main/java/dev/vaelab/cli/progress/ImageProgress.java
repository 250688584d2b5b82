package dev.vaelab.cli.progress;

import dev.vaelab.cli.terminal.Console;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** How many images are done of some work on each: a bar on a terminal, or a line for each tenth of them. */
public final class ImageProgress implements AutoCloseable {
    private static final int REFRESH_MILLISECONDS = 200;
    private static final int LINES = 10;

    private final ProgressDisplay display;
    private final String done;
    private final long images;
    private final PrintStream lines;
    private ProgressBar bar;
    private long count;

    /**
     * Of work that begins.
     *
     * @param task what it is called before a bar
     * @param done what became of the images, in a line: {@code images are scored}
     * @param images how many there are, at least one
     * @param lines where lines go
     */
    public ImageProgress(ProgressDisplay display, String task, String done, long images, PrintStream lines) {
        this.display = display;
        this.done = done;
        this.images = images;
        this.lines = lines;
        if (display == ProgressDisplay.BAR) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(images)
                    .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                    .setConsumer(new ConsoleProgressBarConsumer(Console.drawing(), Console.drawingColumns()))
                    .setRenderer(new BarLine("images"))
                    .clearDisplayOnFinish()
                    .build();
        }
    }

    /** More images are done. */
    public void add(int more) {
        long tenths = LINES * count / images;
        count += more;
        if (bar != null) {
            bar.stepBy(more);
        }
        if (display == ProgressDisplay.PLAIN && LINES * count / images > tenths) {
            lines.printf(Locale.ROOT, "%d of %d %s%n", count, images, done);
        }
    }

    /** Takes the bar off the terminal, so that lines can follow. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
