package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiment.wiring.Laboratory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes sure, before any run of a sweep begins, that none will find its engine or its images wanting. */
final class SweepCheck {
    private final Laboratory laboratory;
    private final Set<Problem> seen = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    SweepCheck(Laboratory laboratory) {
        this.laboratory = laboratory;
    }

    /**
     * Checks the runs that are still to do.
     *
     * @throws InvalidInputException with every problem, each for the first run that has it
     */
    void require(Sweep sweep) {
        Set<List<Object>> checked = new HashSet<>();
        for (SweepRun run : sweep.unfinished()) {
            ExperimentConfig config = run.config();
            // Reading images takes a while, and what else the runs differ in does not matter to them.
            if (checked.add(List.of(config.backend(), config.dataset(), config.model()))) {
                check(run, () -> laboratory.backends().require(config.backend(), "backend"));
            }
            if (checked.add(List.of(config.dataset(), config.model()))) {
                check(run, () -> laboratory.require(config));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private void check(SweepRun run, Runnable check) {
        try {
            check.run();
        } catch (InvalidInputException e) {
            e.problems().stream()
                    .filter(seen::add)
                    .map(problem -> new Problem(
                            "run " + run.name() + ": " + problem.place(),
                            problem.found(),
                            problem.expected(),
                            problem.advice()))
                    .forEach(problems::add);
        }
    }
}
