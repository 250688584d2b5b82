package dev.vaelab.experiment.benchmark;

import java.util.List;

/**
 * How fast the four things go that people do with a model, in images per second.
 *
 * @param training steps, with the waiting for batches
 * @param evaluation loss terms of images, without learning
 * @param encoding images to posterior means
 * @param decoding latents to logits
 */
public record Speeds(Spread training, Spread evaluation, Spread encoding, Spread decoding) {
    /** Sums up turns. */
    static Speeds of(List<Turn> turns) {
        return new Speeds(
                Spread.of(turns, turn -> turn.training().speed()),
                Spread.of(turns, turn -> turn.evaluation().speed()),
                Spread.of(turns, turn -> turn.encoding().speed()),
                Spread.of(turns, turn -> turn.decoding().speed()));
    }
}
