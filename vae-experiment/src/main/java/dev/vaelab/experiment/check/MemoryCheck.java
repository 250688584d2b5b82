package dev.vaelab.experiment.check;

import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.TensorMemory;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.ModelSize;
import dev.vaelab.api.model.Objective;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether arrays, heap and machine hold what a training takes. */
final class MemoryCheck {
    private static final long GIBIBYTE = 1L << 30;

    private final MachineMemory available;

    /** Checks against this memory. */
    MemoryCheck(MachineMemory available) {
        this.available = available;
    }

    /**
     * What is too large, blamed on the key that costs most, or on the part without which all would fit.
     *
     * @param objective the parts beside the networks
     * @param images what networks depend on of them
     * @param trained how many there are to train on
     * @param memory where the engine keeps its tensors
     */
    List<Problem> problems(
            ExperimentConfig config, Objective objective, ModelledImages images, int trained, TensorMemory memory) {
        MemoryNeed need = MemoryNeed.of(config, objective, images, trained, memory);
        if (need.fits(available)) {
            return List.of();
        }
        Predicate<ExperimentConfig> fits = changed ->
                MemoryNeed.of(changed, objective, images, trained, memory).fits(available);
        for (PartCost part : PartCost.of(config, objective)) {
            if (MemoryNeed.of(config, part.without(), images, trained, memory).fits(available)) {
                return List.of(new Problem(
                        part.place(),
                        found(part.words(images.shape(), config.model().latent(), need.batch()), need),
                        expected(need),
                        joined(SizeKey.BATCH_SIZE.checkedAdvice(config, fits), moreHeap(need))));
            }
        }
        SizeKey key = SizeKey.dearest(
                config,
                changed -> MemoryNeed.of(changed, objective, images, trained, memory)
                        .machine()
                        .doubleValue());
        return List.of(new Problem(
                key.key(),
                found(key.found(config), need),
                expected(need),
                joined(key.checkedAdvice(config, fits), moreHeap(need))));
    }

    private static String joined(Optional<String> advice, Optional<String> other) {
        return Stream.concat(advice.stream(), other.stream()).collect(Collectors.joining(", or "));
    }

    private String found(String value, MemoryNeed need) {
        if (!need.fitsArrays()) {
            return value + ", with which a tensor has " + need.largestArray() + " values";
        }
        BigInteger bytes = need.fitsHeap(available) ? need.machine() : need.heap();
        return value + ", with which a training takes at least " + ByteCount.text(bytes) + " for " + need.weights()
                + " weights, their gradients, the optimizer and batches of " + need.batch();
    }

    private String expected(MemoryNeed need) {
        if (!need.fitsArrays()) {
            return "at most " + ModelSize.LARGEST_ARRAY + ", which is as long as arrays are";
        }
        return need.fitsHeap(available)
                ? "at most " + ByteCount.text(available.machine()) + ", which is the memory of this machine"
                : "at most " + ByteCount.text(available.heap()) + ", which is Java's heap";
    }

    /** More heap, if the machine has it. */
    private Optional<String> moreHeap(MemoryNeed need) {
        if (!need.fitsArrays() || need.fitsHeap(available)) {
            return Optional.empty();
        }
        // Some more than the least that is needed: the program has objects of its own.
        long gibibytes = 1
                + new BigDecimal(need.heap())
                        .divide(BigDecimal.valueOf(GIBIBYTE), 0, RoundingMode.CEILING)
                        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                        .longValue();
        MachineMemory more = new MachineMemory(gibibytes * GIBIBYTE, available.machine());
        return need.fits(more) && more.heap() <= available.machine()
                ? Optional.of("give Java more with VAE_JAVA_OPTIONS=-Xmx" + gibibytes + "g")
                : Optional.empty();
    }
}
