package dev.vaelab.experiment.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a training step spends its time on, as shares of it: medians over the turns. Only the whole step can be measured from
 * outside of an engine, so its parts are told from {@link StepTimes}:
 *
 * <ul>
 *   <li>forward is the pass through the seams by itself,
 *   <li>backward is what computing gradients takes beyond it and beyond copying them out of the engine, for which a copy of
 *       the weights stands, since those are as many,
 *   <li>update is what the step takes beyond computing gradients.
 * </ul>
 *
 * <p>In each turn they add up to 1. They are differences of measurements, each with its noise: a small share may come out
 * below 0. An engine may do less in a pass that needs no gradients; the difference then counts as backward.
 *
 * @param forward from images to loss terms
 * @param backward from loss terms to gradients
 * @param update from gradients to weights
 * @param preparation of the next batch; another thread does it in the meantime, so that it is no part of the others
 */
public record StepShares(double forward, double backward, double update, double preparation) {
    /** Sums up turns. */
    static StepShares of(List<Turn> turns) {
        return new StepShares(
                median(turns, turn -> turn.stepTimes().forward().each()),
                median(
                        turns,
                        turn -> gradients(turn) - turn.stepTimes().forward().each()),
                median(turns, turn -> turn.stepTimes().step().each() - gradients(turn)),
                median(turns, turn -> turn.preparation().each()));
    }

    private static double gradients(Turn turn) {
        return turn.stepTimes().gradients().each() - turn.stepTimes().copy().each();
    }

    private static double median(List<Turn> turns, ToDoubleFunction<Turn> seconds) {
        return Spread.of(
                        turns,
                        turn -> seconds.applyAsDouble(turn)
                                / turn.stepTimes().step().each())
                .median();
    }
}
