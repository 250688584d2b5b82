package dev.vaelab.experiment.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What one turn of an engine measured.
 *
 * @param training steps on prefetched batches, as a training makes them
 * @param evaluation forward pass and loss terms, with everything around them, as a validation makes them
 * @param encoding images into the engine, posterior means out of it
 * @param decoding latents into the engine, logits out of it
 * @param preparation batches of a training: order of the images, bytes to floats, noise; all on one thread, which in a
 *     training is another one than the engine's
 * @param stepTimes a training step in parts
 * @param multiplication operations in a second of the engine's product of large matrices; null if it has none
 * @param peakResidentBytes the most memory that the process has had so far; null where the system does not tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Turn(
        Pace training,
        Pace evaluation,
        Pace encoding,
        Pace decoding,
        Pace preparation,
        StepTimes stepTimes,
        Double multiplication,
        Long peakResidentBytes) {}
