package dev.vaelab.cli.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.training.Pair;
import dev.vaelab.training.parity.Aspect;
import dev.vaelab.training.parity.Difference;
import dev.vaelab.training.parity.PairwiseParity;
import dev.vaelab.training.parity.ParityReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The parity of three engines")
final class ParityTextTest {
    private static final List<String> ENGINES = List.of("tensorflow", "djl", "dl4j");

    @Test
    @DisplayName("is one table with a row for each pair, and a verdict on all")
    void passes() {
        PairwiseParity parity = parity(new Pair<>("", ""));
        assertTrue(parity.passed());
        assertEquals("""
                parity of tensorflow, djl, dl4j on sample: 2 steps of batch 128, seed 1

                Of each pair, what is judged as a share of what is allowed; up to 1 passes.
                pair                  verdict  activations  terms  gradients  update  loss
                djl with tensorflow   passed          0.10   0.10       0.10    0.10  0.10
                dl4j with tensorflow  passed          0.10   0.10       0.10    0.10  0.10
                dl4j with djl         passed          0.10   0.10       0.10    0.10  0.10

                Last bit of the weights changed, an engine alone drifts in its loss by up to 1.00e-07.

                passed: all 3 pairs
                """, text(parity, 80));
    }

    @Test
    @DisplayName("does not pass if one pair does not, and says of which pair where it parts")
    void onePairFails() {
        PairwiseParity parity = parity(new Pair<>("djl", "dl4j"));
        assertFalse(parity.passed());
        String text = text(parity, 80);
        assertTrue(text.contains("dl4j with djl         failed          0.10     20       0.10"), text);
        assertTrue(text.endsWith("""
                dl4j with djl: failed: the engines part at step 2 in kl (loss terms, same weights): 2.00e-04, allowed 1e-05
                failed: 1 of 3 pairs
                """), text);
    }

    private static String text(PairwiseParity parity, int columns) {
        return ParityText.of(parity, SampleRuns.config("djl"), columns);
    }

    private static PairwiseParity parity(Pair<String> parting) {
        return new PairwiseParity(
                ENGINES,
                2,
                Pair.ofAll(ENGINES).stream()
                        .map(pair -> report(pair, pair.equals(parting)))
                        .toList());
    }

    /** Every aspect a tenth of its tolerance off, and a loss term twenty times if it parts. */
    private static ParityReport report(Pair<String> pair, boolean parts) {
        List<Difference> differences = new ArrayList<>();
        for (int step = 1; step <= 2; step++) {
            for (Aspect aspect : Aspect.values()) {
                double share = parts && step == 2 && aspect == Aspect.TERMS ? 20 : 0.1;
                differences.add(new Difference(step, aspect, "kl", share * aspect.tolerance()));
            }
        }
        return new ParityReport(pair.first(), pair.second(), 2, differences, Map.of(), List.of(1e-7, 5e-8));
    }
}
