package dev.vaelab.experiment.file;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the bad runs of a sweep are stopped before their last epoch: at rungs, which are epochs, of which each is {@code reduction}
 * times the one before; about one run in {@code reduction} goes on from each.
 *
 * @param name which rule
 * @param reduction how many runs come to a rung for one that goes on, and how much longer that one trains; eta in the papers
 * @param minimumEpochs the first rung; r in the papers
 * @param seed of the order in which the runs are begun
 */
public record Stopping(Rule name, int reduction, int minimumEpochs, long seed) {
    /** Which of the runs at a rung go on, and when that is decided. */
    public enum Rule {
        /**
         * Asynchronous successive halving (L. Li et al., <em>A system for massively parallel hyperparameter tuning</em>, MLSys 2020,
         * algorithm 2): a run goes on as soon as it is among the best of those that have come to its rung so far, and no run is
         * waited for.
         */
        @JsonProperty("asha")
        ASHA("asha"),
        /**
         * Successive halving (K. Jamieson and A. Talwalkar, <em>Non-stochastic best arm identification and hyperparameter
         * optimization</em>, AISTATS 2016): it is decided who goes on once all have come to a rung.
         */
        @JsonProperty("halving")
        HALVING("halving");

        private final String text;

        Rule(String text) {
            this.text = text;
        }

        /** As files have it. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Li et al. use 4; trainings of 10 to 100 epochs have more rungs with 3. */
    static final int DEFAULT_REDUCTION = 3;

    static final int DEFAULT_MINIMUM_EPOCHS = 1;

    /** The same with another first rung. */
    public Stopping from(int epochs) {
        return new Stopping(name, reduction, epochs, seed);
    }
}
