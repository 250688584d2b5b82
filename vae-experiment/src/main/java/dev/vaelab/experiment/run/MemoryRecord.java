package dev.vaelab.experiment.run;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Resident memory of a training process, in bytes, where the system tells; null where it does not or where the training
 * has not come so far.
 *
 * @param afterSecondEpoch after epoch 2, when everything has been used once
 * @param afterLastEpoch after the latest epoch: close to the former if memory is flat
 * @param peak the most at any time
 */
public record MemoryRecord(
        @JsonInclude(JsonInclude.Include.NON_NULL) Long afterSecondEpoch,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long afterLastEpoch,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long peak) {
    /** Nothing measured yet. */
    public static final MemoryRecord NONE = new MemoryRecord(null, null, null);
}
