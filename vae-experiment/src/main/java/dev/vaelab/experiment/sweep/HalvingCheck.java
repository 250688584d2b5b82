package dev.vaelab.experiment.sweep;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.file.LoadedSweep;
import dev.vaelab.experiment.file.Ranking;
import dev.vaelab.experiment.file.Ranking.Metric;
import dev.vaelab.experiment.file.Stopping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes sure, before any run of a sweep begins, that its bad runs can be told and stopped. */
final class HalvingCheck {
    private static final int MOST_NAMED = 3;

    private final Sweep sweep;
    private final Ranking ranking;
    private final String place;
    private final String placeOfFirstRung;
    private final List<Problem> problems = new ArrayList<>();

    private HalvingCheck(Sweep sweep, LoadedSweep loaded) {
        this.sweep = sweep;
        ranking = loaded.ranking();
        place = loaded.placeOfStopping();
        placeOfFirstRung = loaded.placeOfFirstRung();
    }

    /**
     * Checks a sweep, whatever it says of stopping.
     *
     * @param sweep nothing of which has begun
     * @param loaded the same as it was read
     * @throws InvalidInputException with all that stands in the way
     */
    static void require(Sweep sweep, LoadedSweep loaded) {
        if (sweep.stopping() == null) {
            return;
        }
        HalvingCheck check = new HalvingCheck(sweep, loaded);
        check.comparable();
        check.validated();
        if (check.sameLength()) {
            check.enough();
        }
        if (!check.problems.isEmpty()) {
            throw new InvalidInputException(check.problems);
        }
    }

    private void comparable() {
        List<String> objectives = objectives(ranking);
        if (objectives.size() == 1) {
            return;
        }
        boolean byTotal = ranking.metric() == Metric.LOSS
                && objectives(new Ranking(Metric.TOTAL, ranking.keysOfLosses())).size() == 1;
        problems.add(new Problem(
                place,
                "runs whose validation " + ranking.metric() + " cannot be compared (" + named(objectives) + ")",
                "figures that measure one thing",
                byTotal
                        ? "add \"metric\": \"total\", the negative ELBO, which is the same whatever the loss and its beta"
                        : "make a sweep of each"));
    }

    private List<String> objectives(Ranking ranking) {
        return sweep.runs().stream()
                .map(run -> Objective.of(run.config(), ranking))
                .distinct()
                .toList();
    }

    private static String named(List<String> objectives) {
        String some = objectives.stream().limit(MOST_NAMED).collect(Collectors.joining("; "));
        return some + (objectives.size() > MOST_NAMED ? "; " + (objectives.size() - MOST_NAMED) + " more" : "");
    }

    private void validated() {
        boolean without = sweep.runs().stream()
                .map(run -> run.config().dataset().validation())
                .anyMatch(images -> images != null && images.isNone());
        if (without) {
            problems.add(new Problem(
                    place,
                    "runs without validation images",
                    "validation images, by which runs are compared",
                    "leave the key out, or set dataset.validation to a number of images"));
        }
    }

    private boolean sameLength() {
        List<Integer> epochs = sweep.runs().stream()
                .map(run -> run.config().training().epochs())
                .distinct()
                .sorted()
                .toList();
        if (epochs.size() > 1) {
            problems.add(new Problem(
                    place,
                    "runs of " + epochs.get(0) + " and of " + epochs.get(1) + " training.epochs",
                    "one number for all, which the runs have in common that are not stopped",
                    "leave training.epochs out of what the sweep varies"));
        }
        return epochs.size() == 1;
    }

    private void enough() {
        Stopping rule = sweep.stopping();
        int last = sweep.runs().get(0).config().training().epochs();
        if (rule.minimumEpochs() >= last) {
            problems.add(new Problem(
                    placeOfFirstRung,
                    Integer.toString(rule.minimumEpochs()),
                    "less than " + last + ", the training.epochs of the runs",
                    "no run would be stopped"));
            return;
        }
        int runs = sweep.runs().size();
        Rungs rungs = Rungs.of(rule, last);
        if (runs < least(rule, rungs)) {
            String epochs = rungs.epochs().stream()
                    .limit(rungs.count() - 1L)
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
            problems.add(new Problem(
                    place,
                    runs + (runs == 1 ? " run" : " runs") + ", 1 in " + rule.reduction()
                            + " of which goes on from each of the rungs at epochs " + epochs,
                    "at least " + least(rule, rungs) + " runs, so that one is trained to its end",
                    advice(rule, runs, last)));
        }
    }

    private static long least(Stopping rule, Rungs rungs) {
        long least = 1;
        for (int rung = 1; rung < rungs.count(); rung++) {
            least = Math.min(least * rule.reduction(), Integer.MAX_VALUE);
        }
        return least;
    }

    /** The later the first rung is, the fewer there are. */
    private static String advice(Stopping rule, int runs, int last) {
        return IntStream.range(rule.minimumEpochs() + 1, last)
                .filter(epochs -> runs >= least(rule, Rungs.of(rule.from(epochs), last)))
                .mapToObj(epochs -> "set stopping.minimumEpochs to " + epochs + ", which makes fewer rungs")
                .findFirst()
                .orElse("lower stopping.reduction, or add runs");
    }
}
