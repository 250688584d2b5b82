package dev.vaelab.api.parity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The certificate: how far two engines lay apart over a number of steps.
 *
 * @param first name of the backend that the other one is compared with
 * @param second name of the other one
 * @param steps training steps that were compared
 * @param differences the largest difference of every tensor at every step, step by step
 * @param weights how far two trainings with their own weights lie apart at the end: the largest difference of each tensor
 *     relative to the largest entry of its layer. Reported, not judged: where a gradient is near rounding, Adam turns that
 *     rounding into whole steps
 */
@JsonIgnoreProperties(
        value = {"passed", "partsAt", "judgements"},
        allowGetters = true)
public record ParityReport(
        String first, String second, int steps, List<Difference> differences, Map<String, Double> weights) {
    /** Copies the lists. */
    public ParityReport {
        differences = List.copyOf(differences);
        weights = Map.copyOf(weights);
    }

    /** Whether every aspect passes. */
    @JsonProperty("passed")
    public boolean passed() {
        return judgements().stream().allMatch(Judgement::passed);
    }

    /** The first step and tensor where the engines part beyond the tolerance; empty if they pass. */
    @JsonProperty("partsAt")
    public Optional<Difference> partsAt() {
        return judgements().stream()
                .filter(judgement -> !judgement.passed())
                .map(Judgement::partsAt)
                .min(Comparator.comparingInt(Difference::step));
    }

    /** The verdicts, one for each aspect. */
    @JsonProperty("judgements")
    public List<Judgement> judgements() {
        return Arrays.stream(Aspect.values())
                .map(aspect -> Judgement.of(
                        aspect,
                        differences.stream()
                                .filter(difference -> difference.aspect() == aspect)
                                .toList()))
                .toList();
    }
}
