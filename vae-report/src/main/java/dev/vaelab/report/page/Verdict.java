package dev.vaelab.report.page;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaelab.experiment.comparison.EngineDifference;
import dev.vaelab.experiment.comparison.Sample;
import java.util.Locale;

/**
 * What the difference between two engines comes to, in words.
 *
 * @param outcome which of the four cases it is
 * @param headline the case in a few words
 * @param explanation the figures, and what follows from them and what does not
 */
public record Verdict(Outcome outcome, String headline, String explanation) {
    /** The cases. */
    public enum Outcome {
        /** All that the interval holds is within the margin. */
        @JsonProperty("equivalent")
        EQUIVALENT,
        /** All that the interval holds is beyond the margin. */
        @JsonProperty("different")
        DIFFERENT,
        /** The interval reaches over an end of the margin. */
        @JsonProperty("undecided")
        UNDECIDED,
        /** There is nothing to compare. */
        @JsonProperty("unknown")
        UNKNOWN
    }

    /** The verdict on a difference. */
    static Verdict on(EngineDifference difference) {
        Sample total = difference.total();
        if (total == null) {
            return new Verdict(
                    Outcome.UNKNOWN,
                    "No verdict",
                    "No seed came to its end on both engines, so there is no pair of runs.");
        }
        Outcome outcome = outcome(difference);
        return new Verdict(
                outcome,
                headline(outcome, difference.margin()),
                figures(difference) + " " + meaning(outcome, total, difference.margin()));
    }

    private static Outcome outcome(EngineDifference difference) {
        if (difference.equivalent()) {
            return Outcome.EQUIVALENT;
        }
        Sample total = difference.total();
        double low = total.low() == null ? total.mean() : total.low();
        double high = total.high() == null ? total.mean() : total.high();
        boolean beyond = low > difference.margin() || high < -difference.margin();
        return beyond ? Outcome.DIFFERENT : Outcome.UNDECIDED;
    }

    private static String headline(Outcome outcome, double margin) {
        String nats = margin + " nats";
        return switch (outcome) {
            case EQUIVALENT -> "Equivalent within " + nats;
            case DIFFERENT -> "More than " + nats + " apart";
            case UNDECIDED -> "Not shown to be equivalent within " + nats;
            case UNKNOWN -> "No verdict";
        };
    }

    private static String figures(EngineDifference difference) {
        Sample total = difference.total();
        String lead = "On the test images the total of " + difference.second() + " is " + number(Math.abs(total.mean()))
                + " nats per image " + (total.mean() < 0 ? "lower" : "higher") + " than that of " + difference.first();
        return total.low() == null
                ? lead + ", for one seed, which gives no confidence interval."
                : lead + ", paired over " + total.count() + " seeds (95% confidence interval of the difference: "
                        + number(total.low()) + " to " + number(total.high()) + ").";
    }

    /** With the minus sign of typography: these sentences are read by people only. */
    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replace('-', '\u2212');
    }

    private static String meaning(Outcome outcome, Sample total, double margin) {
        return switch (outcome) {
            case EQUIVALENT ->
                total.low() == null
                        ? "That is within the margin; how far other seeds would lie apart is not known."
                        : "The whole interval lies within the margin: which of the two engines trains decides less than "
                                + margin + " nats.";
            case DIFFERENT -> "That is beyond the margin: the engines do not come to the same result.";
            case UNDECIDED ->
                "The interval reaches beyond the margin. That does not show that the engines differ: more seeds make it"
                        + " narrower.";
            case UNKNOWN -> "";
        };
    }
}
