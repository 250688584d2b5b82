package dev.vaelab.experiment.benchmark;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.ModelConfig;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.run.MachineDescription;
import dev.vaelab.experiment.table.FittedTable;
import dev.vaelab.experiment.table.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A benchmark as plain text for a terminal of 100 columns, or of fewer. */
public final class BenchmarkTable {
    private static final double GIGA = 1e9;
    private static final double MEGA = 1e6;

    private final StringBuilder text = new StringBuilder();
    private final int columns;
    private final List<Result> results;

    /** The rows of the table in work. */
    private final List<List<String>> rows = new ArrayList<>();

    private BenchmarkTable(int columns, List<Result> results) {
        this.columns = columns;
        this.results = results;
    }

    /** The text, which ends with a line break. */
    public static String of(Benchmark benchmark) {
        return of(benchmark, Integer.MAX_VALUE);
    }

    /** The text for a terminal of so many columns. */
    public static String of(Benchmark benchmark, int columns) {
        BenchmarkTable table = new BenchmarkTable(
                columns, benchmark.results().stream().filter(Result::succeeded).toList());
        table.head(benchmark);
        if (!table.results.isEmpty()) {
            table.speeds();
            table.parts();
            table.peaks(benchmark.operationsPerImage());
            table.engines();
        }
        benchmark.results().stream().filter(result -> !result.succeeded()).forEach(table::failure);
        return table.text.toString();
    }

    private void head(Benchmark benchmark) {
        ExperimentConfig config = benchmark.config();
        line(
                "%s on %s: %s, latent %d, batch %d; turns: %d",
                config.name(),
                config.dataset().name(),
                networks(config.model()),
                config.model().latent(),
                config.training().batchSize(),
                benchmark.turns());
        line("");
    }

    /** The networks in words: what tells them from others. */
    private static String networks(ModelConfig model) {
        List<String> words = new ArrayList<>();
        if (model.channels() != null) {
            words.add("channels " + model.channels());
        }
        if (model.hidden() != null) {
            words.add("hidden " + model.hidden().asFile());
        }
        return words.isEmpty() ? "layers of its own" : String.join(", ", words);
    }

    private void speeds() {
        String row = "%-12s %-7s%20s%20s%20s%20s";
        row("images/s", "threads", "training", "evaluation", "encoding", "decoding");
        for (Result result : results) {
            Speeds speeds = result.imagesPerSecond();
            row(
                    result.backend(),
                    threads(result),
                    spread(speeds.training()),
                    spread(speeds.evaluation()),
                    spread(speeds.encoding()),
                    spread(speeds.decoding()));
        }
        table(row);
        line(
                "median [minimum-maximum] of the turns%s",
                results.stream().anyMatch(this::standsOut) ? "; * trains fastest of its engine" : "");
        line("");
    }

    private void parts() {
        String row = "%-12s %-7s%10s%10s%10s%14s%20s%16s";
        row("of a step", "threads", "forward", "backward", "update", "next batch", "evaluation/step", "peak memory");
        for (Result result : results) {
            StepShares shares = result.stepShares();
            row(
                    result.backend(),
                    threads(result),
                    percent(shares.forward()),
                    percent(shares.backward()),
                    percent(shares.update()),
                    percent(shares.preparation()),
                    number(result.evaluationByTraining(), 2),
                    result.peakResidentBytes() == null ? "-" : number(result.peakResidentBytes() / MEGA, 0) + " MB");
        }
        table(row);
        line("forward, backward, update: differences of measurements; the next batch is another thread's work");
        line("");
    }

    private void peaks(Benchmark.Operations operations) {
        String row = "%-12s %-7s%20s%15s%15s%15s%15s";
        row("of the peak", "threads", "product GFLOP/s", "training", "evaluation", "encoding", "decoding");
        for (Result result : results) {
            PeakShares shares = result.peakShares();
            row(
                    result.backend(),
                    threads(result),
                    result.multiplication() == null
                            ? "-"
                            : number(result.multiplication().median() / GIGA, 1),
                    shares == null ? "-" : percent(shares.training()),
                    shares == null ? "-" : percent(shares.evaluation()),
                    shares == null ? "-" : percent(shares.encoding()),
                    shares == null ? "-" : percent(shares.decoding()));
        }
        table(row);
        line(
                "peak: the fastest product of float32 matrices, %d x %d, with as many threads",
                MatrixSpeed.SIZE, MatrixSpeed.SIZE);
        line(
                "an image takes %s MFLOP in a training step, %s to evaluate, %s to encode, %s to decode",
                number(operations.training() / MEGA, 2),
                number(operations.evaluation() / MEGA, 2),
                number(operations.encoding() / MEGA, 2),
                number(operations.decoding() / MEGA, 2));
        line("");
    }

    private void engines() {
        MachineDescription machine = results.get(0).provenance().machine();
        line("%s, %d processors; Java %s", machine.processor(), machine.processors(), machine.java());
        results.stream()
                .map(result -> result.backend() + ": "
                        + result.provenance().engine().name() + " "
                        + result.provenance().engine().version())
                .distinct()
                .forEach(engine -> line("%s", engine));
    }

    private void failure(Result result) {
        line("failed: %s: %s", new Contestant(result.backend(), result.threads()), result.failure());
    }

    private String threads(Result result) {
        return result.threads() + (standsOut(result) ? " *" : "");
    }

    /** Whether it is the best of several numbers of threads of one engine. */
    private boolean standsOut(Result result) {
        return result.best()
                && results.stream()
                                .filter(other -> other.backend().equals(result.backend()))
                                .count()
                        > 1;
    }

    private static String spread(Spread spread) {
        int decimals = spread.median() < 100 ? 1 : 0;
        return number(spread.median(), decimals) + " [" + number(spread.minimum(), decimals) + "-"
                + number(spread.maximum(), decimals) + "]";
    }

    private static String percent(double share) {
        return number(100 * share, Math.abs(share) < 0.1 ? 1 : 0) + " %";
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** Writes the rows in columns of fixed width, the same in every table, or as they fit a terminal that has less room. */
    private void table(String format) {
        String wide = rows.stream()
                .map(cells -> String.format(Locale.ROOT, format, cells.toArray()))
                .map(line -> VisibleText.line(line.stripTrailing()) + "\n")
                .collect(Collectors.joining());
        if (Words.fits(wide, columns)) {
            text.append(wide);
        } else {
            FittedTable fitted = FittedTable.of(2, rows.get(0));
            rows.stream().skip(1).forEach(fitted::row);
            text.append(fitted.text(columns));
        }
        rows.clear();
    }

    private void line(String format, Object... arguments) {
        text.append(VisibleText.line(String.format(Locale.ROOT, format, arguments))
                        .stripTrailing())
                .append('\n');
    }
}
