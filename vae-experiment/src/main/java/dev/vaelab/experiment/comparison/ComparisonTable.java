package dev.vaelab.experiment.comparison;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.experiment.FigureStamp;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.estimate.EstimateTables;
import dev.vaelab.experiment.estimate.RunEstimates;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.table.FittedTable;
import dev.vaelab.training.parity.Judgement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A comparison as plain text for a terminal. */
public final class ComparisonTable {
    private final StringBuilder text = new StringBuilder();

    private ComparisonTable() {}

    /** The text, which ends with a line break. */
    public static String of(Comparison comparison) {
        return of(comparison, Integer.MAX_VALUE);
    }

    /** The text for a terminal of so many columns. */
    public static String of(Comparison comparison, int columns) {
        ComparisonTable table = new ComparisonTable();
        table.line(
                "%s on %s, seeds %s; figures measured as %s",
                comparison.config().name(),
                comparison.backends(),
                comparison.seeds(),
                comparison.config().measure().label());
        table.line("");
        table.text.append(figures(comparison).text(columns)).append('\n');
        table.text.append(speeds(comparison).text(columns)).append('\n');
        PublishedComparison.of(comparison).forEach(published -> table.published(published, comparison, columns));
        table.estimates(comparison, columns);
        if (comparison.differences().size() == 1) {
            comparison.differences().forEach(table::difference);
            comparison.parity().forEach(table::certificate);
        } else {
            table.text.append(pairs(comparison).text(columns)).append('\n');
            comparison.parity().stream()
                    .filter(certificate -> !passed(certificate))
                    .forEach(table::certificate);
            table.verdict(comparison);
        }
        comparison.runs().stream()
                .filter(run -> !run.succeeded())
                .forEach(run -> table.line("failed: %s with seed %d: %s", run.backend(), run.seed(), run.failure()));
        return table.text.toString();
    }

    private static FittedTable figures(Comparison comparison) {
        List<String> titles = new ArrayList<>(
                List.of("engine", "test total (nats per image)", "runs", "test reconstruction", "test kl"));
        Set<String> added = comparison.engines().stream()
                .flatMap(engine -> engine.added().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        added.forEach(term -> titles.add("test " + term));
        FittedTable figures = FittedTable.of(1, titles);
        for (EngineSummary engine : comparison.engines()) {
            List<String> cells = new ArrayList<>(List.of(
                    engine.backend(),
                    sample(engine.total()),
                    engine.succeeded() + "/" + (engine.succeeded() + engine.failed()),
                    sample(engine.reconstruction()),
                    sample(engine.kl())));
            added.forEach(term -> cells.add(sample(engine.added().get(term))));
            figures.row(cells);
        }
        return figures;
    }

    private static FittedTable speeds(Comparison comparison) {
        FittedTable speeds =
                FittedTable.of(1, "engine", "images/s", "seconds/epoch", "peak memory MB", "start seconds");
        for (EngineSummary engine : comparison.engines()) {
            speeds.row(List.of(
                    engine.backend(),
                    number(engine.imagesPerSecond(), 0),
                    number(engine.epochSeconds(), 1),
                    engine.peakResidentBytes() == null ? "-" : number(engine.peakResidentBytes() / 1e6, 0),
                    number(engine.startSeconds(), 1)));
        }
        return speeds;
    }

    /** A table for each published figure: what is of something else is in no column with it. */
    private void published(PublishedComparison published, Comparison comparison, int columns) {
        line("published: %s", published.place());
        line("%s", published.stamp());
        int decimals = published.figure().metric() == FigureStamp.Metric.ACTIVE_UNITS ? 1 : 3;
        FittedTable figures = FittedTable.of(1, "source", published.unit(), "runs");
        figures.row(List.of(
                "paper",
                BigDecimal.valueOf(published.figure().value())
                        .stripTrailingZeros()
                        .toPlainString(),
                "-"));
        for (String backend : comparison.backends()) {
            List<Double> values = published.of(backend);
            if (!values.isEmpty()) {
                figures.row(List.of(backend, sample(Sample.of(values), decimals), Integer.toString(values.size())));
            }
        }
        text.append(figures.text(columns));
        if (published.missing() != null) {
            line("%s", published.missing());
        }
        line("");
    }

    /** What was estimated of the runs since they were trained, a table for all conditions of estimates. */
    private void estimates(Comparison comparison, int columns) {
        EstimateTables estimates = new EstimateTables("run");
        comparison.runs().stream()
                .filter(ComparedRun::succeeded)
                .forEach(run -> estimates.add(run.backend() + ", seed " + run.seed(), of(run)));
        estimates.text(columns).forEach(block -> text.append(block).append('\n'));
    }

    private static RunEstimates of(ComparedRun run) {
        try {
            return RunEstimates.of(new RunFolder(Path.of(run.folder())));
        } catch (InvalidInputException e) {
            // The comparison shows what is sound; the report of the run says what is wrong with the file.
            return RunEstimates.NONE;
        }
    }

    /** More than two engines: a row for each pair. */
    private static FittedTable pairs(Comparison comparison) {
        FittedTable pairs = FittedTable.of(1, "pair", "difference of test totals (nats)", "result", "parity", "seeds");
        for (EngineDifference difference : comparison.differences()) {
            pairs.row(List.of(
                    difference.second() + " - " + difference.first(),
                    sample(difference.total()),
                    result(difference),
                    comparison.parity().stream()
                            .filter(certificate -> certificate.first().equals(difference.first())
                                    && certificate.second().equals(difference.second()))
                            .map(ComparisonTable::parity)
                            .findFirst()
                            .orElse("-"),
                    difference.total() == null
                            ? "0"
                            : Integer.toString(difference.total().count())));
        }
        return pairs;
    }

    private static String result(EngineDifference difference) {
        if (difference.total() == null) {
            return "no pair of runs";
        }
        return difference.equivalent() ? "equivalent" : "not shown";
    }

    private static String parity(Comparison.Certificate certificate) {
        if (certificate.report() == null) {
            return "no certificate";
        }
        return certificate.report().passed() ? "passed" : "failed";
    }

    private static boolean passed(Comparison.Certificate certificate) {
        return certificate.report() != null && certificate.report().passed();
    }

    /** What more than two engines come to in all. */
    private void verdict(Comparison comparison) {
        List<EngineDifference> differences = comparison.differences();
        long equivalent =
                differences.stream().filter(EngineDifference::equivalent).count();
        line(
                "shown to be equivalent within %s nats: %s",
                differences.get(0).margin(), ofPairs(equivalent, differences.size()));
        if (differences.stream().anyMatch(ComparisonTable::isOfOneSeed)) {
            line("over one seed there is no interval: the difference itself is judged");
        }
        if (!comparison.parity().isEmpty()) {
            long passed =
                    comparison.parity().stream().filter(ComparisonTable::passed).count();
            line(
                    "parity passed%s: %s",
                    comparison.parity().stream()
                            .filter(certificate -> certificate.report() != null)
                            .map(certificate -> " over " + certificate.report().steps() + " steps")
                            .findFirst()
                            .orElse(""),
                    ofPairs(passed, differences.size()));
        }
    }

    private static boolean isOfOneSeed(EngineDifference difference) {
        return difference.total() != null && difference.total().count() == 1;
    }

    private static String ofPairs(long count, int pairs) {
        return count == pairs ? "all " + pairs + " pairs" : count + " of " + pairs + " pairs";
    }

    private void difference(EngineDifference difference) {
        if (difference.total() == null) {
            line("%s - %s: no seed succeeded on both", difference.second(), difference.first());
            return;
        }
        line(
                "%s - %s: total %s nats over %d %s: %s within %s nats",
                difference.second(),
                difference.first(),
                sample(difference.total()),
                difference.total().count(),
                difference.total().count() == 1 ? "seed (no interval)" : "seeds",
                difference.equivalent() ? "equivalent" : "not shown to be equivalent",
                difference.margin());
    }

    private void certificate(Comparison.Certificate certificate) {
        if (certificate.report() == null) {
            line(
                    "parity of %s with %s: no certificate: %s",
                    certificate.second(), certificate.first(), certificate.failure());
            return;
        }
        line(
                "parity of %s with %s over %d steps: %s",
                certificate.second(),
                certificate.first(),
                certificate.report().steps(),
                certificate.report().parting().map(Judgement::failure).orElse("passed"));
    }

    private static String sample(Sample sample) {
        return sample(sample, 3);
    }

    private static String sample(Sample sample, int decimals) {
        if (sample == null) {
            return "-";
        }
        String mean = number(sample.mean(), decimals);
        return sample.low() == null
                ? mean
                : mean + " [" + number(sample.low(), decimals) + ", " + number(sample.high(), decimals) + "]";
    }

    private static String number(Double value, int decimals) {
        return value == null ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void line(String format, Object... arguments) {
        text.append(VisibleText.line(String.format(Locale.ROOT, format, arguments))
                        .stripTrailing())
                .append('\n');
    }
}
