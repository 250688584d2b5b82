package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ReadinessCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes sure, before any run of a sweep begins, that none will find its engine, its images or the machine wanting. */
final class SweepCheck {
    private final ReadinessCheck readiness;

    SweepCheck(Laboratory laboratory) {
        readiness = new ReadinessCheck(laboratory);
    }

    /**
     * Checks the runs that are still to do.
     *
     * @throws InvalidInputException with every problem, each for the first run that has it
     */
    void require(Sweep sweep) {
        Set<Problem> seen = new HashSet<>();
        List<Problem> problems = new ArrayList<>();
        for (SweepRun run : sweep.unfinished()) {
            readiness.problems(run.config()).stream()
                    .filter(seen::add)
                    .map(problem -> new Problem(
                            "run " + run.name() + ": " + problem.place(),
                            problem.found(),
                            problem.expected(),
                            problem.advice()))
                    .forEach(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
