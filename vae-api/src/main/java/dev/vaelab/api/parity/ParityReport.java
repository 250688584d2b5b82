package dev.vaelab.api.parity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumMap;
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
 *     relative to the largest entry of its layer. Reported, not judged: Adam turns the rounding of a gradient that is
 *     exactly zero into whole steps
 */
@JsonIgnoreProperties(
        value = {"passed", "partsAt", "largest"},
        allowGetters = true)
public record ParityReport(
        String first, String second, int steps, List<Difference> differences, Map<String, Double> weights) {
    /** Copies the lists. */
    public ParityReport {
        differences = List.copyOf(differences);
        weights = Map.copyOf(weights);
    }

    /** Whether every difference is within its tolerance. */
    @JsonProperty("passed")
    public boolean passed() {
        return firstIntolerable().isEmpty();
    }

    /** The first step and tensor where the engines part beyond the tolerance. */
    @JsonProperty("partsAt")
    public Optional<Difference> firstIntolerable() {
        return differences.stream()
                .filter(difference -> !difference.tolerable())
                .findFirst();
    }

    /** The largest difference of each aspect. */
    @JsonProperty("largest")
    public Map<Aspect, Difference> largest() {
        Map<Aspect, Difference> largest = new EnumMap<>(Aspect.class);
        for (Difference difference : differences) {
            largest.merge(
                    difference.aspect(),
                    difference,
                    (one, other) -> Double.compare(one.size(), other.size()) >= 0 ? one : other);
        }
        return largest;
    }
}
