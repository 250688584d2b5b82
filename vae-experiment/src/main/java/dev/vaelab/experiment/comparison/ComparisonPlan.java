package dev.vaelab.experiment.comparison;

import dev.vaelab.api.experiment.ExperimentConfig;
import java.util.List;

/**
 * What a comparison is to do, as it was asked for.
 *
 * @param config the resolved experiment; backend and seed are those of the file
 * @param backends the engines, in the order in which they were named
 * @param seeds each engine is trained with each
 * @param margin the largest difference of test totals that counts as none, nats per image
 * @param paritySteps steps of the parity certificates; 0 for none
 */
public record ComparisonPlan(
        ExperimentConfig config, List<String> backends, List<Long> seeds, double margin, int paritySteps) {
    /** Copies the lists. */
    public ComparisonPlan {
        backends = List.copyOf(backends);
        seeds = List.copyOf(seeds);
    }

    /** A training of the plan. */
    public record Run(String backend, long seed) {
        /** The name of its folder, and of its files of messages. */
        public String name() {
            return backend + "-seed" + seed;
        }
    }

    /** The trainings. Engines take turns, so that what else the machine does hits all alike. */
    public List<Run> runs() {
        return seeds.stream()
                .flatMap(seed -> backends.stream().map(backend -> new Run(backend, seed)))
                .toList();
    }

    /** The plan with its experiment in other words, or on images that are elsewhere by now. */
    public ComparisonPlan with(ExperimentConfig sameExperiment) {
        return new ComparisonPlan(sameExperiment, backends, seeds, margin, paritySteps);
    }

    /** The experiment of a training. */
    public ExperimentConfig configOf(Run run) {
        return config.with(run.backend, run.seed);
    }
}
