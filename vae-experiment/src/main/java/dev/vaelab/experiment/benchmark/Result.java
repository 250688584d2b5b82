package dev.vaelab.experiment.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.experiment.run.Provenance;
import java.util.List;

/**
 * How one engine did with one number of threads.
 *
 * @param backend the engine's name
 * @param threads threads that it says it uses; those that it was told to use if it failed, null if it was told nothing
 * @param best whether it trains fastest of all numbers of threads that this engine succeeded with
 * @param failure what went wrong; null if nothing did, and then nothing below is null but what is said to be
 * @param imagesPerSecond how fast it is
 * @param evaluationByTraining median speed of evaluation by that of training
 * @param stepShares what a training step spends its time on
 * @param multiplication operations in a second of the engine's product of large matrices; null if it has none
 * @param peakShares how near it comes to the peak; null if no engine of the run told one for as many threads
 * @param peakResidentBytes the most memory of its process; null where the system does not tell
 * @param provenance versions, threads and settings; null if it failed before it told them
 * @param turns what was measured, as far as it came
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Result(
        String backend,
        Integer threads,
        boolean best,
        String failure,
        Speeds imagesPerSecond,
        Double evaluationByTraining,
        StepShares stepShares,
        Spread multiplication,
        PeakShares peakShares,
        Long peakResidentBytes,
        Provenance provenance,
        List<Turn> turns) {
    /** Copies the turns. */
    public Result {
        turns = List.copyOf(turns);
    }

    /** The result of a contestant that succeeded. */
    static Result of(Outcome outcome, boolean best, PeakShares peakShares) {
        List<Turn> turns = outcome.turns();
        Speeds speeds = Speeds.of(turns);
        return new Result(
                outcome.contestant().backend(),
                outcome.threads(),
                best,
                null,
                speeds,
                speeds.evaluation().median() / speeds.training().median(),
                StepShares.of(turns),
                outcome.peak().isPresent() ? Spread.of(turns, Turn::multiplication) : null,
                peakShares,
                turns.get(turns.size() - 1).peakResidentBytes(),
                outcome.provenance(),
                turns);
    }

    /** The result of one that did not. */
    static Result failed(Outcome outcome) {
        return new Result(
                outcome.contestant().backend(),
                outcome.contestant().threads(),
                false,
                outcome.failure(),
                null,
                null,
                null,
                null,
                null,
                null,
                outcome.provenance(),
                outcome.turns());
    }

    /** Whether it came to the end of its turns. */
    public boolean succeeded() {
        return failure == null;
    }
}
