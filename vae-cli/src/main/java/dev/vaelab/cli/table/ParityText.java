package dev.vaelab.cli.table;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.table.FittedTable;
import dev.vaelab.training.parity.Aspect;
import dev.vaelab.training.parity.Difference;
import dev.vaelab.training.parity.Judgement;
import dev.vaelab.training.parity.PairwiseParity;
import dev.vaelab.training.parity.ParityReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Parity certificates as plain text for a terminal. */
public final class ParityText {
    private static final String DRIFT =
            "Last bit of the weights changed, an engine alone drifts in its loss by up to %.2e.";

    private ParityText() {}

    /** Two engines: a row for each aspect, with the step and the tensor of its largest difference. */
    public static String of(ParityReport report, ExperimentConfig experiment) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "parity of %s with %s on %s%n%n",
                report.second(),
                report.first(),
                whatWasDone(report.steps(), experiment)));
        text.append(String.format(
                Locale.ROOT, "%-34s %-15s %9s %9s   %-11s%s%n", "", "judged", "", "allowed", "largest", "where"));
        report.judgements().forEach(judgement -> text.append(line(judgement)));
        line(text, "");
        line(text, DRIFT, drift(report));
        line(text, "");
        return text.append(verdict(report)).append(System.lineSeparator()).toString();
    }

    /** More engines, for a terminal of so many columns: a row for each pair, and a verdict on all of them. */
    public static String of(PairwiseParity parity, ExperimentConfig experiment, int columns) {
        StringBuilder text = new StringBuilder();
        line(text, "parity of %s on %s", String.join(", ", parity.backends()), whatWasDone(parity.steps(), experiment));
        line(text, "");
        line(text, "Of each pair, what is judged as a share of what is allowed; up to 1 passes.");
        text.append(table(parity).text(columns));
        line(text, "");
        line(
                text,
                DRIFT,
                parity.pairs().stream().mapToDouble(ParityText::drift).max().orElse(0));
        line(text, "");
        List<ParityReport> failed =
                parity.pairs().stream().filter(pair -> !pair.passed()).toList();
        failed.forEach(pair -> line(text, "%s: %s", name(pair), verdict(pair)));
        if (failed.isEmpty()) {
            line(text, "passed: all %d pairs", parity.pairs().size());
        } else {
            line(text, "failed: %d of %d pairs", failed.size(), parity.pairs().size());
        }
        return text.toString();
    }

    private static FittedTable table(PairwiseParity parity) {
        List<String> titles = new ArrayList<>(List.of("pair", "verdict"));
        Arrays.stream(Aspect.values())
                .map(aspect -> aspect.name().toLowerCase(Locale.ROOT))
                .forEach(titles::add);
        FittedTable table = FittedTable.of(2, titles);
        for (ParityReport pair : parity.pairs()) {
            List<String> cells = new ArrayList<>(List.of(name(pair), pair.passed() ? "passed" : "failed"));
            pair.judgements().stream()
                    .map(judgement -> String.format(Locale.ROOT, "%.2g", judgement.judged() / judgement.allowed()))
                    .forEach(cells::add);
            table.row(cells);
        }
        return table;
    }

    private static double drift(ParityReport report) {
        return report.ownDrift().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private static String name(ParityReport pair) {
        return pair.second() + " with " + pair.first();
    }

    private static String verdict(ParityReport report) {
        return report.parting().map(Judgement::failure).orElse("passed");
    }

    private static String whatWasDone(int steps, ExperimentConfig experiment) {
        return String.format(
                Locale.ROOT,
                "%s: %d steps of batch %d, seed %d",
                experiment.name(),
                steps,
                experiment.training().batchSize(),
                experiment.seed());
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String line(Judgement judgement) {
        Difference largest = judgement.largest();
        return String.format(
                Locale.ROOT,
                "%-34s %-15s %9.2e %9.0e   %-11.2estep %d, %s%n",
                judgement.aspect().description(),
                judgement.aspect().everyStep() ? "every step" : "median of steps",
                judgement.judged(),
                judgement.allowed(),
                largest.size(),
                largest.step(),
                largest.tensor());
    }
}
