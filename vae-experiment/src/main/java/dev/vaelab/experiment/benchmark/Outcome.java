package dev.vaelab.experiment.benchmark;

import dev.vaelab.experiment.run.Provenance;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What became of a contestant.
 *
 * @param contestant the engine and its threads
 * @param provenance versions, threads in use, settings; null if it failed before it told them
 * @param turns what was measured, as far as it came
 * @param failure what went wrong; null if nothing did, and then there is at least one turn
 */
record Outcome(Contestant contestant, Provenance provenance, List<Turn> turns, String failure) {
    Outcome {
        turns = List.copyOf(turns);
    }

    boolean succeeded() {
        return failure == null;
    }

    /** Threads that the engine says it uses, of one that succeeded. */
    int threads() {
        return provenance.engine().threads();
    }

    /** Median speed of training, of one that succeeded. */
    double trainingSpeed() {
        return Speeds.of(turns).training().median();
    }

    /** The most operations that its product of matrices did in a second; nothing if it has none. */
    OptionalDouble peak() {
        return turns.stream()
                .filter(turn -> turn.multiplication() != null)
                .mapToDouble(Turn::multiplication)
                .max();
    }
}
