package dev.vaelab.cli.progress;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * The line of a progress bar: {@code epoch 2/20  42% [====      ] 3912 images/s  reconstruction 84.1  kl 22.9  0:07 left}.
 *
 * <p>The bar itself takes the columns that the figures leave; in a narrow terminal it goes first, then the speed, then the loss.
 */
final class BarLine implements ProgressBarRenderer {
    private static final int WIDEST_BAR = 40;
    private static final int NARROWEST_BAR = 4;
    private static final double MILLISECONDS = 1000;

    private final String unit;

    /**
     * The line of a bar.
     *
     * @param unit what is counted: {@code images}
     */
    BarLine(String unit) {
        this.unit = unit;
    }

    @Override
    public String render(ProgressState state, int columns) {
        double share = state.getMax() == 0 ? 1 : state.getCurrent() / (double) state.getMax();
        String before = String.format(Locale.ROOT, "%s %3d%% ", state.getTaskName(), (int) (100 * share));
        for (String behind : figures(state)) {
            // Two for the brackets, one so that the cursor stays on the line.
            int room = columns - before.length() - behind.length() - 3;
            if (room >= NARROWEST_BAR) {
                return before + bar(share, Math.min(room, WIDEST_BAR)) + behind;
            }
            if (before.length() + behind.length() < columns) {
                return before + behind;
            }
        }
        return before.substring(0, Math.max(0, Math.min(before.length(), columns - 1)));
    }

    private static String bar(double share, int width) {
        int done = (int) (share * width);
        return "[" + "=".repeat(done) + " ".repeat(width - done) + "]";
    }

    /** What is known, and less and less of it: last, but for the share itself, goes the time that is left. */
    private List<String> figures(ProgressState state) {
        double seconds = state.getElapsedAfterStart().toMillis() / MILLISECONDS;
        long done = state.getCurrent() - state.getStart();
        // Speed and time left are known once something is done.
        if (done == 0 || seconds == 0) {
            return List.of("");
        }
        double speed = done / seconds;
        Duration left = Duration.ofSeconds(Math.round((state.getMax() - state.getCurrent()) / speed));
        String time = clock(left) + " left";
        return List.of(
                String.format(Locale.ROOT, " %.0f %s/s  %s  %s", speed, unit, state.getExtraMessage(), time),
                String.format(Locale.ROOT, " %s  %s", state.getExtraMessage(), time),
                " " + time,
                "");
    }

    private static String clock(Duration time) {
        return time.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
