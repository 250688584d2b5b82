package dev.vaelab.experiment.sweep;

import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.file.Ranking;
import dev.vaelab.experiment.table.FittedTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A sweep as plain text for a terminal. */
public final class SweepTable {
    private static final String VALIDATION_LOSS = "validation loss";
    private static final List<String> TEST_FIGURES = List.of("test total", "test reconstruction", "test kl");

    private static final String SPEED = "images/s";

    private static final String MARK = "* ";
    private static final String UNMARKED = "  ";

    private final StringBuilder text = new StringBuilder();

    private SweepTable() {}

    /** The text, which ends with a line break. */
    public static String of(Sweep sweep) {
        return of(sweep, Integer.MAX_VALUE);
    }

    /** The text for a terminal of so many columns. */
    public static String of(Sweep sweep, int columns) {
        SweepTable table = new SweepTable();
        Map<String, List<SweepRun>> groups = sweep.byObjective();
        table.line(String.format(
                Locale.ROOT,
                "%s: %d of %d runs finished, %s%d failed; in nats per image, lower is better, * is the best",
                sweep.name(),
                sweep.count(SweepRun.Status.FINISHED),
                sweep.runs().size(),
                sweep.stopping() == null ? "" : sweep.count(SweepRun.Status.STOPPED) + " stopped, ",
                sweep.count(SweepRun.Status.FAILED)));
        sweep.rungs()
                .ifPresent(rungs -> table.line(String.format(
                        Locale.ROOT,
                        "%d of %d epochs trained (%d %%); %s, rungs at epochs %s",
                        sweep.epochs().trained(),
                        sweep.epochs().whole(),
                        Math.round(100.0
                                * sweep.epochs().trained()
                                / sweep.epochs().whole()),
                        sweep.stopping().name(),
                        rungs.epochs().stream().map(Object::toString).collect(Collectors.joining(", ")))));
        groups.forEach((objective, runs) -> {
            table.line("");
            if (groups.size() > 1) {
                table.line(objective + ": not to be compared with the others");
            }
            table.text.append(rows(sweep, runs).text(columns));
        });
        if (sweep.hasUnranked()) {
            table.line("");
            table.line("runs without validation images (dataset.validation 0) are not ranked");
        }
        return table.text.toString();
    }

    /** The mark of the best run is a part of its first cell. */
    private static FittedTable rows(Sweep sweep, List<SweepRun> runs) {
        List<String> marked = sweep.keys().isEmpty() ? List.of("") : sweep.keys();
        List<String> titles = new ArrayList<>(marked);
        titles.set(0, UNMARKED + marked.get(0));
        if (sweep.stopping() != null) {
            titles.addAll(List.of("rung", "epochs"));
        }
        int keys = titles.size();
        if (!isByLoss(sweep)) {
            titles.add("validation " + sweep.by().metric());
        }
        titles.add(VALIDATION_LOSS);
        titles.addAll(TEST_FIGURES);
        Set<String> added = runs.stream()
                .filter(SweepRun::finished)
                .flatMap(run -> run.result().test().added().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        added.forEach(term -> titles.add("test " + term));
        titles.add(SPEED);
        FittedTable table = FittedTable.of(keys, titles);
        for (SweepRun run : runs) {
            List<String> cells = new ArrayList<>(marked.stream()
                    .map(run::setting)
                    .map(setting -> setting.isEmpty() ? "-" : setting)
                    .toList());
            cells.set(0, (run.best() ? MARK : UNMARKED) + cells.get(0));
            sweep.rungs().ifPresent(rungs -> {
                cells.add(run.rung() + "/" + rungs.count());
                cells.add(Integer.toString(run.epochs()));
            });
            if (run.finished()) {
                cells.addAll(figures(run, isByLoss(sweep), added));
                table.row(cells);
            } else {
                table.row(cells, state(run, sweep));
            }
        }
        return table;
    }

    private static boolean isByLoss(Sweep sweep) {
        return sweep.by().metric() == Ranking.Metric.LOSS;
    }

    private static String state(SweepRun run, Sweep sweep) {
        return switch (run.status()) {
            case FAILED -> "failed: " + run.failure();
            case STOPPED ->
                "stopped at validation " + sweep.by().metric() + " "
                        + number(run.rungs().scores().get(run.rung() - 1), 3);
            case UNFINISHED, FINISHED -> "not finished";
        };
    }

    private static List<String> figures(SweepRun run, boolean byLoss, Set<String> added) {
        Figures test = run.result().test();
        List<String> figures = new ArrayList<>();
        if (!byLoss) {
            figures.add(number(run.rankedFigure(), 3));
        }
        figures.addAll(List.of(
                number(run.result().bestValidationLoss(), 3),
                number(test.total(), 3),
                number(test.reconstruction(), 3),
                number(test.kl(), 3)));
        added.forEach(term -> figures.add(number(test.added().get(term), 3)));
        figures.add(number(run.imagesPerSecond(), 0));
        return figures;
    }

    private static String number(Double value, int decimals) {
        return value == null ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
