package dev.vaelab.experiment.sweep;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.file.Stopping;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which run of a sweep trains next, and how far, by successive halving: of the runs at a rung the best go on to the next one. What
 * it decides follows from what the sweep says of its runs only, so that a sweep which was killed goes on as it would have.
 *
 * <p>A run that failed counts as the worst at the rung that it did not come to.
 */
final class Halving {
    private final Stopping rule;
    private final Rungs rungs;
    private final int[] order;

    /**
     * @param rule how runs are stopped
     * @param rungs where
     * @param runs how many there are
     */
    Halving(Stopping rule, Rungs rungs, int runs) {
        this.rule = rule;
        this.rungs = rungs;
        // Li et al. draw what they begin: on a grid in its order, each run may be better than all before it, and go on.
        order = switch (rule.name()) {
            case ASHA -> new RandomStreams(rule.seed()).permutation(runs, Purpose.TRIAL_ORDER);
            case HALVING -> IntStream.range(0, runs).toArray();
        };
    }

    /**
     * The next run, with the epoch that it is to train to.
     *
     * @param all the runs as they are now
     * @param atWork names of those that train already
     * @return nothing if there is nothing to do before one of these has ended, or at all
     */
    Optional<SweepRun> next(List<SweepRun> all, Set<String> atWork) {
        List<SweepRun> runs = Arrays.stream(order).mapToObj(all::get).toList();
        Optional<SweepRun> interrupted = runs.stream()
                .filter(run -> isUnfinished(run) && run.rungs() != null && !atWork.contains(run.name()))
                .findFirst();
        if (interrupted.isPresent()) {
            return interrupted;
        }
        return switch (rule.name()) {
            case ASHA -> bestOfHighestRung(runs).or(() -> fresh(runs));
            case HALVING -> fresh(runs).or(() -> bestOfCompleteRung(runs));
        };
    }

    /** The bottom rung grows. */
    private Optional<SweepRun> fresh(List<SweepRun> runs) {
        return runs.stream()
                .filter(run -> isUnfinished(run) && run.rungs() == null)
                .findFirst()
                .map(run -> run.to(rungs.epochsOf(1)));
    }

    private Optional<SweepRun> bestOfHighestRung(List<SweepRun> runs) {
        return IntStream.iterate(rungs.count() - 1, rung -> rung >= 1, rung -> rung - 1)
                .mapToObj(rung -> promotable(runs, rung))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<SweepRun> bestOfCompleteRung(List<SweepRun> runs) {
        for (int rung = 1; rung < rungs.count(); rung++) {
            int epochs = rungs.epochsOf(rung);
            boolean awaited = runs.stream()
                    .anyMatch(run -> isUnfinished(run) && run.rungs().until() == epochs);
            if (awaited) {
                return Optional.empty();
            }
            Optional<SweepRun> promoted = promotable(runs, rung);
            if (promoted.isPresent()) {
                return promoted;
            }
        }
        return Optional.empty();
    }

    /** The best run that is among the best at a rung and still there, sent to the next one. */
    private Optional<SweepRun> promotable(List<SweepRun> runs, int rung) {
        long there = runs.stream().filter(run -> countsAt(run, rung)).count();
        Stream<SweepRun> best = runs.stream()
                .filter(run -> run.rung() >= rung)
                .sorted(Comparator.comparing(run -> run.rungs().scores().get(rung - 1)))
                .limit(there / rule.reduction());
        return best.filter(run -> run.status() == SweepRun.Status.STOPPED && run.rung() == rung)
                .findFirst()
                .map(run -> run.to(rungs.epochsOf(rung + 1)));
    }

    private boolean countsAt(SweepRun run, int rung) {
        boolean failedOnTheWay = run.status() == SweepRun.Status.FAILED
                && run.rungs() != null
                && run.rungs().until() == rungs.epochsOf(rung);
        return run.rung() >= rung || failedOnTheWay;
    }

    private static boolean isUnfinished(SweepRun run) {
        return run.status() == SweepRun.Status.UNFINISHED;
    }
}
