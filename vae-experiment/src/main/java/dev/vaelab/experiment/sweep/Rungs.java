package dev.vaelab.experiment.sweep;

import dev.vaelab.experiment.file.Stopping;
import java.util.ArrayList;
import java.util.List;

/**
 * The epochs after which the runs of a sweep are compared, counted from rung 1; the last rung is the end of the training.
 *
 * @param epochs of each rung, growing; at least one
 */
public record Rungs(List<Integer> epochs) {
    /** Copies the list. */
    public Rungs {
        epochs = List.copyOf(epochs);
    }

    /**
     * The rungs r, r * eta, r * eta^2, ... below the last epoch, and that.
     *
     * @param last epochs of a whole training
     */
    static Rungs of(Stopping rule, int last) {
        List<Integer> epochs = new ArrayList<>();
        for (long rung = rule.minimumEpochs(); rung < last; rung *= rule.reduction()) {
            epochs.add((int) rung);
        }
        epochs.add(last);
        return new Rungs(epochs);
    }

    /** How many there are, the end included. */
    public int count() {
        return epochs.size();
    }

    /** The epochs of a rung, counted from 1. */
    int epochsOf(int rung) {
        return epochs.get(rung - 1);
    }

    /** The epochs of the end. */
    int last() {
        return epochs.get(epochs.size() - 1);
    }
}
