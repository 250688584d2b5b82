package dev.vaelab.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.experiment.comparison.EngineDifference;
import dev.vaelab.experiment.comparison.Sample;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A verdict says")
final class VerdictTest {
    @Test
    @DisplayName("equivalent if the whole interval lies within the margin")
    void equivalent() {
        assertEquals(
                new Verdict(
                        Verdict.Outcome.EQUIVALENT,
                        "Equivalent within 0.5 nats",
                        "On the test images the total of djl is 0.020 nats per image lower than that of dl4j, paired over 3"
                                + " seeds (95% confidence interval of the difference: −0.100 to 0.060). The whole interval"
                                + " lies within the margin: which of the two engines trains decides less than 0.5 nats."),
                Verdict.on(difference(new Sample(3, -0.02, -0.1, 0.06))));
    }

    @Test
    @DisplayName("different if the whole interval lies beyond it, on either side")
    void different() {
        Verdict verdict = Verdict.on(difference(new Sample(3, 0.8, 0.6, 1.0)));
        assertEquals(Verdict.Outcome.DIFFERENT, verdict.outcome());
        assertEquals("More than 0.5 nats apart", verdict.headline());
        assertEquals(
                "On the test images the total of djl is 0.800 nats per image higher than that of dl4j, paired over 3 seeds"
                        + " (95% confidence interval of the difference: 0.600 to 1.000). That is beyond the margin: the"
                        + " engines do not come to the same result.",
                verdict.explanation());
        assertEquals(
                Verdict.Outcome.DIFFERENT,
                Verdict.on(difference(new Sample(3, -0.8, -1.0, -0.6))).outcome());
    }

    @Test
    @DisplayName("neither if the interval reaches over the margin's end")
    void undecided() {
        Verdict verdict = Verdict.on(difference(new Sample(2, 0.1, -1.0, 1.2)));
        assertEquals(Verdict.Outcome.UNDECIDED, verdict.outcome());
        assertEquals("Not shown to be equivalent within 0.5 nats", verdict.headline());
        assertEquals(
                "On the test images the total of djl is 0.100 nats per image higher than that of dl4j, paired over 2 seeds"
                        + " (95% confidence interval of the difference: −1.000 to 1.200). The interval reaches beyond the"
                        + " margin. That does not show that the engines differ: more seeds make it narrower.",
                verdict.explanation());
    }

    @Test
    @DisplayName("what a single seed can show, and what not")
    void singleSeed() {
        assertEquals(
                "On the test images the total of djl is 0.100 nats per image higher than that of dl4j, for one seed, which"
                        + " gives no confidence interval. That is within the margin; how far other seeds would lie apart is"
                        + " not known.",
                Verdict.on(difference(new Sample(1, 0.1, null, null))).explanation());
        assertEquals(
                Verdict.Outcome.DIFFERENT,
                Verdict.on(difference(new Sample(1, 0.6, null, null))).outcome());
    }

    @Test
    @DisplayName("nothing if there is no pair of runs")
    void unknown() {
        assertEquals(
                new Verdict(
                        Verdict.Outcome.UNKNOWN,
                        "No verdict",
                        "No seed came to its end on both engines, so there is no pair of runs."),
                Verdict.on(new EngineDifference("dl4j", "djl", null, null, null, Map.of(), 0.5, false)));
    }

    private static EngineDifference difference(Sample total) {
        return new EngineDifference("dl4j", "djl", total, total, total, Map.of(), 0.5, total.farthestFromZero() <= 0.5);
    }
}
