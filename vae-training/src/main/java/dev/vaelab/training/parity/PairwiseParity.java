package dev.vaelab.training.parity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.training.Pair;
import java.util.List;
import java.util.Optional;

/**
 * The certificates of several engines: one for each pair. That two engines lie within a tolerance of a third one does not put
 * them within it of each other, so that every pair is judged and none is concluded from others.
 *
 * @param backends names of the engines, at least two, in the order in which they were named
 * @param steps training steps that were compared
 * @param pairs in the order of {@link Pair#ofAll}
 */
@JsonIgnoreProperties(value = "passed", allowGetters = true)
public record PairwiseParity(List<String> backends, int steps, List<ParityReport> pairs) {
    /** Copies the lists. */
    public PairwiseParity {
        backends = List.copyOf(backends);
        pairs = List.copyOf(pairs);
    }

    /** How two engines are compared. */
    @FunctionalInterface
    public interface Check {
        /** The certificate of the second with the first. */
        ParityReport run(VaeBackend first, VaeBackend second);
    }

    /** Compares each pair, one after the other. */
    public static PairwiseParity of(List<VaeBackend> engines, int steps, Check check) {
        return new PairwiseParity(
                engines.stream().map(VaeBackend::name).toList(),
                steps,
                Pair.ofAll(engines).stream()
                        .map(pair -> check.run(pair.first(), pair.second()))
                        .toList());
    }

    /** Whether every pair passes. */
    @JsonProperty("passed")
    public boolean passed() {
        return pairs.stream().allMatch(ParityReport::passed);
    }

    /** The certificate of two engines; empty if there are more. */
    public Optional<ParityReport> only() {
        return pairs.size() == 1 ? Optional.of(pairs.get(0)) : Optional.empty();
    }
}
