package dev.vaelab.training.parity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
 * @param ownDrift for each step, how far the loss of an engine's training lies from that of a training on the same engine whose
 *     initial weights differ in the last bit only, relative, the larger one of both engines: what rounding alone comes to
 */
@JsonIgnoreProperties(
        value = {"passed", "partsAt", "judgements"},
        allowGetters = true)
public record ParityReport(
        String first,
        String second,
        int steps,
        List<Difference> differences,
        Map<String, Double> weights,
        List<Double> ownDrift) {
    /** No two engines can be asked to stay closer to each other than one stays to itself; this gives them some room. */
    private static final double SHARE_OF_OWN_DRIFT = 3;

    /** Copies the lists; null, which is how JSON has numbers that are not finite, becomes NaN. */
    public ParityReport {
        differences = List.copyOf(differences);
        Map<String, Double> finite = new TreeMap<>(weights);
        finite.replaceAll((name, size) -> size == null ? Double.NaN : size);
        weights = Map.copyOf(finite);
        ownDrift = ownDrift.stream()
                .map(drift -> drift == null ? Double.NaN : drift)
                .toList();
    }

    /** Whether every aspect passes. */
    @JsonProperty("passed")
    public boolean passed() {
        return judgements().stream().allMatch(Judgement::passed);
    }

    /** The first step and tensor where the engines part beyond the tolerance; empty if they pass. */
    @JsonProperty("partsAt")
    public Optional<Difference> partsAt() {
        return parting().map(Judgement::partsAt);
    }

    /** The verdict that does not pass, the one with the earliest step if there are several; empty if they pass. */
    public Optional<Judgement> parting() {
        return judgements().stream()
                .filter(judgement -> !judgement.passed())
                .min(Comparator.comparingInt(judgement -> judgement.partsAt().step()));
    }

    /** The verdicts, one for each aspect. */
    @JsonProperty("judgements")
    public List<Judgement> judgements() {
        return Arrays.stream(Aspect.values())
                .map(aspect -> Judgement.of(
                        aspect,
                        allowed(aspect),
                        differences.stream()
                                .filter(difference -> difference.aspect() == aspect)
                                .toList()))
                .toList();
    }

    /**
     * The aspect's tolerance; for the loss of trainings that go their own ways at least three times what the engines
     * drift by themselves. ReLU and Adam amplify the last bit of the weights until, within some 60 steps of the recipe, one engine
     * lies 0.1 % from itself. How far it goes in a few steps is a matter of chance: one engine may stay where another parts.
     */
    private double allowed(Aspect aspect) {
        double drift = ownDrift.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return aspect == Aspect.LOSS ? Math.max(aspect.tolerance(), SHARE_OF_OWN_DRIFT * drift) : aspect.tolerance();
    }
}
