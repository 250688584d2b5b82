package dev.vaelab.experiment.sweep;

import java.util.List;

/**
 * How far a run has come in a sweep that stops bad ones.
 *
 * @param epochs trained to their end
 * @param until the epoch after which it is to stop, by what was decided so far: written down before it trains
 * @param scores its figure at each rung that it has come to, from the first one on: that of its best epoch so far
 */
public record RungProgress(int epochs, int until, List<Double> scores) {
    /** Copies the list. */
    public RungProgress {
        scores = List.copyOf(scores);
    }

    /** That of a run which has not begun, and is let train to the first rung. */
    static RungProgress begin(int until) {
        return new RungProgress(0, until, List.of());
    }

    /** The rung that it has come to; 0 before the first. */
    public int rung() {
        return scores.size();
    }

    /** The same, let train further. */
    RungProgress to(int laterEpoch) {
        return new RungProgress(epochs, laterEpoch, scores);
    }
}
