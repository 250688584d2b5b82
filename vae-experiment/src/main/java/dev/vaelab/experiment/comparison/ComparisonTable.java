package dev.vaelab.experiment.comparison;

import dev.vaelab.training.parity.Judgement;
import java.util.Locale;

/** A comparison as plain text for a terminal. */
public final class ComparisonTable {
    private final StringBuilder text = new StringBuilder();

    private ComparisonTable() {}

    /** The text, which ends with a line break. */
    public static String of(Comparison comparison) {
        ComparisonTable table = new ComparisonTable();
        table.line(
                "%s on %s, seeds %s; figures measured as %s",
                comparison.config().name(),
                comparison.backends(),
                comparison.seeds(),
                comparison.config().measure().label());
        table.line("");
        table.line(
                "%-12s %5s  %-26s %-26s %-26s",
                "engine", "runs", "test reconstruction", "test kl", "test total (nats per image)");
        for (EngineSummary engine : comparison.engines()) {
            table.line(
                    "%-12s %5s  %-26s %-26s %-26s",
                    engine.backend(),
                    engine.succeeded() + "/" + (engine.succeeded() + engine.failed()),
                    sample(engine.reconstruction()),
                    sample(engine.kl()),
                    sample(engine.total()));
        }
        table.line("");
        table.line(
                "%-12s %12s %15s %15s %15s", "engine", "images/s", "seconds/epoch", "start seconds", "peak memory MB");
        for (EngineSummary engine : comparison.engines()) {
            table.line(
                    "%-12s %12s %15s %15s %15s",
                    engine.backend(),
                    number(engine.imagesPerSecond(), 0),
                    number(engine.epochSeconds(), 1),
                    number(engine.startSeconds(), 1),
                    engine.peakResidentBytes() == null ? "-" : number(engine.peakResidentBytes() / 1e6, 0));
        }
        table.line("");
        comparison.differences().forEach(table::difference);
        comparison.parity().forEach(table::certificate);
        comparison.runs().stream()
                .filter(run -> !run.succeeded())
                .forEach(run -> table.line("failed: %s with seed %d: %s", run.backend(), run.seed(), run.failure()));
        return table.text.toString();
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
        if (sample == null) {
            return "-";
        }
        return sample.low() == null
                ? number(sample.mean(), 3)
                : number(sample.mean(), 3) + " [" + number(sample.low(), 3) + ", " + number(sample.high(), 3) + "]";
    }

    private static String number(Double value, int decimals) {
        return value == null ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments).stripTrailing())
                .append(System.lineSeparator());
    }
}
