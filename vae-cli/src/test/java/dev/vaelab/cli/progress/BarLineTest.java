package dev.vaelab.cli.progress;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The line of a progress bar")
final class BarLineTest {
    private static final String TIME = " \\d+:\\d\\d left";
    private static final String LOSS = " reconstruction 84\\.1  kl 22\\.9 " + TIME;
    private static final String FIGURES = " \\d+ images/s " + LOSS;

    @ParameterizedTest
    @ValueSource(ints = {17, 20, 40, 60, 80, 100, 200})
    @DisplayName("fits the terminal: figures first, and a bar of the columns that are left")
    void fits(int columns) {
        String line = render(columns);
        assertTrue(line.length() < columns, line);
        assertTrue(line.startsWith("epoch 2/20  50%"), line);
        // Nothing is cut in its midst.
        assertTrue(line.matches("epoch 2/20  50% (\\[[=* ]*])?(" + FIGURES + "|" + LOSS + "|" + TIME + "|)"), line);
        if (columns == 40) {
            assertTrue(line.matches("epoch 2/20  50% \\[[= ]+] \\d+:\\d\\d left"), line);
        }
        if (columns >= 80) {
            assertTrue(line.matches("epoch 2/20  50% (\\[=* *])?" + FIGURES), line);
        }
        if (columns == 200) {
            assertTrue(line.contains("[" + "=".repeat(20) + " ".repeat(20) + "]"), line);
        }
    }

    /** Half of an epoch that was resumed at its beginning. */
    private static String render(int columns) {
        List<String> lines = new ArrayList<>();
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("epoch 2/20")
                .setInitialMax(1000)
                .startsFrom(100, Duration.ZERO)
                .setConsumer(new DelegatingProgressBarConsumer(lines::add, columns))
                .setRenderer(new BarLine("images"))
                .setUpdateIntervalMillis(Integer.MAX_VALUE)
                .build()) {
            bar.setExtraMessage("reconstruction 84.1  kl 22.9");
            bar.stepTo(500);
            await(bar);
        }
        // Drawn once more when it is closed.
        return lines.get(lines.size() - 1);
    }

    /** There is no speed before the clock has moved. */
    private static void await(ProgressBar bar) {
        while (bar.getElapsedAfterStart().toMillis() == 0) {
            Thread.onSpinWait();
        }
    }
}
