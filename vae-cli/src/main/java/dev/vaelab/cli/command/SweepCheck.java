package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.file.LoadedSweep;
import dev.vaelab.experiment.file.LoadedSweep.Combination;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ReadinessCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes sure, before any run of a sweep begins, that none will find its engine, its images or the machine wanting. */
final class SweepCheck {
    private final ReadinessCheck readiness;
    private final Set<Problem> seen = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    SweepCheck(Laboratory laboratory) {
        readiness = new ReadinessCheck(laboratory);
    }

    /**
     * Checks the runs of a sweep that is about to begin.
     *
     * @return the sweep
     * @throws InvalidInputException with every problem, each for the first run that has it, and where its key stands
     */
    Sweep require(LoadedSweep loaded) {
        Sweep sweep = Sweep.of(loaded);
        Iterator<Combination> combinations = loaded.combinations().iterator();
        sweep.runs().forEach(run -> check(run, combinations.next().places()::locate));
        throwIfAny();
        return sweep;
    }

    /**
     * Checks the runs of a sweep that are still to do.
     *
     * @throws InvalidInputException with every problem, each for the first run that has it
     */
    void require(Sweep sweep) {
        sweep.unfinished().forEach(run -> check(run, failure -> failure));
        throwIfAny();
    }

    private void check(SweepRun run, UnaryOperator<InvalidInputException> locate) {
        List<Problem> found =
                readiness.problems(run.config()).stream().filter(seen::add).toList();
        if (found.isEmpty()) {
            return;
        }
        locate.apply(new InvalidInputException(found)).problems().stream()
                .map(problem -> new Problem(
                        "run " + run.name() + ": " + problem.place(),
                        problem.found(),
                        problem.expected(),
                        problem.advice()))
                .forEach(problems::add);
    }

    private void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
