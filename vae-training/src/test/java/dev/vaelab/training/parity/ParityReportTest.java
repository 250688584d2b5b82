package dev.vaelab.training.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A parity certificate")
final class ParityReportTest {
    private static final int STEPS = 5;

    @Test
    @DisplayName("passes engines whose every difference is within its tolerance")
    void passes() {
        ParityReport report = report(differences(), List.of(1e-9));
        assertTrue(report.passed());
        assertTrue(report.partsAt().isEmpty());
    }

    @Test
    @DisplayName("forgives gradients that jump in a single step, where a ReLU flipped, and reports the jump")
    void forgivesOneJump() {
        List<Difference> differences = differences();
        replace(differences, new Difference(3, Aspect.GRADIENTS, "encoder.fc.weight", 0.01));
        ParityReport report = report(differences, List.of());
        assertTrue(report.passed());
        assertEquals(0.01, judgement(report, Aspect.GRADIENTS).largest().size());
    }

    @Test
    @DisplayName("does not forgive gradients that differ in most steps, and names the first of them")
    void refusesManyJumps() {
        List<Difference> differences = differences();
        for (int step = 2; step <= 4; step++) {
            replace(differences, new Difference(step, Aspect.GRADIENTS, "encoder.fc.weight", 0.01));
        }
        ParityReport report = report(differences, List.of());
        assertFalse(report.passed());
        assertEquals(2, report.partsAt().orElseThrow().step());
        assertEquals(
                "failed: the engines part at step 2 in encoder.fc.weight (gradients, same weights): 1.00e-02, allowed 1e-04",
                report.parting().orElseThrow().failure());
    }

    @Test
    @DisplayName("does not forgive a loss term that is off in a single step")
    void refusesOneLossTerm() {
        List<Difference> differences = differences();
        replace(differences, new Difference(4, Aspect.TERMS, "kl", 1e-4));
        assertEquals(4, report(differences, List.of()).partsAt().orElseThrow().step());
    }

    @Test
    @DisplayName("does not let NaN pass")
    void refusesNaN() {
        List<Difference> differences = differences();
        replace(differences, new Difference(5, Aspect.ACTIVATIONS, "logits", Double.NaN));
        assertEquals(5, report(differences, List.of()).partsAt().orElseThrow().step());
    }

    @Test
    @DisplayName("allows the losses of two trainings three times what the last bit of the weights does to one engine")
    void measuresByOwnDrift() {
        List<Difference> differences = differences();
        replace(differences, new Difference(5, Aspect.LOSS, "loss", 0.0025));
        assertFalse(report(differences, List.of(1e-9, 5e-4)).passed());
        ParityReport report = report(differences, List.of(1e-9, 1e-3));
        assertTrue(report.passed());
        assertEquals(0.003, judgement(report, Aspect.LOSS).allowed(), 1e-15);
    }

    private static Judgement judgement(ParityReport report, Aspect aspect) {
        return report.judgements().stream()
                .filter(judgement -> judgement.aspect() == aspect)
                .findFirst()
                .orElseThrow();
    }

    private static ParityReport report(List<Difference> differences, List<Double> ownDrift) {
        return new ParityReport("one", "other", STEPS, differences, Map.of(), ownDrift);
    }

    private static void replace(List<Difference> differences, Difference other) {
        differences.removeIf(difference -> difference.step() == other.step()
                && difference.aspect() == other.aspect()
                && difference.tensor().equals(other.tensor()));
        differences.add(other);
    }

    /** Every aspect at every step, a tenth of its tolerance off. */
    private static List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        for (int step = 1; step <= STEPS; step++) {
            for (Aspect aspect : Aspect.values()) {
                String tensor = switch (aspect) {
                    case ACTIVATIONS -> "logits";
                    case TERMS -> "kl";
                    case GRADIENTS, UPDATE -> "encoder.fc.weight";
                    case LOSS -> "loss";
                };
                differences.add(new Difference(step, aspect, tensor, aspect.tolerance() / 10));
            }
        }
        return differences;
    }
}
