package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.file.LoadedSweep;
import dev.vaelab.experiment.file.LoadedSweep.Combination;
import dev.vaelab.experiment.file.RecordedExperiments;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepFolder;
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
    private final Laboratory laboratory;
    private final ReadinessCheck readiness;
    private final Set<Problem> seen = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    SweepCheck(Laboratory laboratory) {
        this.laboratory = laboratory;
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
     * Reads a sweep that goes on, and checks it as if each of its experiments were in a file of its own; those that are still to do as
     * if they were about to begin.
     *
     * @param overrides where the images are now, if they were moved
     * @return the sweep with what the overrides say
     * @throws InvalidInputException with every problem, each for the first run that has it
     */
    Sweep require(SweepFolder folder, List<String> overrides) {
        Sweep sweep = folder.read();
        boolean varies = sweep.keys().contains(MovedImages.KEY);
        if (varies && !overrides.isEmpty()) {
            throw new InvalidInputException(
                    Problem.of("--set " + MovedImages.KEY, "a key that the sweep sets", "a key that it leaves alone"));
        }
        RecordedExperiments recorded = laboratory.recorded(
                folder.state(), sweep.runs().stream().map(SweepRun::config).toList());
        List<SweepRun> runs = new ArrayList<>();
        for (int index = 0; index < sweep.runs().size(); index++) {
            SweepRun run = sweep.runs().get(index);
            boolean open = run.status() == SweepRun.Status.UNFINISHED || run.status() == SweepRun.Status.STOPPED;
            try {
                LoadedExperiment loaded = recorded.atItem("runs", index, "config", open ? overrides : List.of());
                SweepRun checked = open ? run.with(loaded.config(), sweep.by()) : run;
                runs.add(checked);
                add(run, sweep.contradictions(checked, folder.state() + ": settings"));
                if (open) {
                    check(
                            checked,
                            failure ->
                                    loaded.places().locate(varies ? failure : MovedImages.advised(failure.problems())));
                }
            } catch (InvalidInputException e) {
                add(run, e.problems());
            }
        }
        throwIfAny();
        return sweep.withRuns(runs);
    }

    private void check(SweepRun run, UnaryOperator<InvalidInputException> locate) {
        List<Problem> found =
                readiness.problems(run.config()).stream().filter(seen::add).toList();
        if (found.isEmpty()) {
            return;
        }
        add(run, locate.apply(new InvalidInputException(found)).problems());
    }

    private void add(SweepRun run, List<Problem> found) {
        found.stream()
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
