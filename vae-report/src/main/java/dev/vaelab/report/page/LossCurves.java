package dev.vaelab.report.page;

import dev.vaelab.training.EpochMetrics;
import java.util.List;
import java.util.function.Function;

/**
 * The loss of one split over the epochs of a run, and its two terms, in nats per image.
 *
 * @param loss what training minimizes
 * @param reconstruction its one term
 * @param kl its other term, without beta
 */
public record LossCurves(List<Double> loss, List<Double> reconstruction, List<Double> kl) {
    /** On the training images, each with the weights of its step; the loss has the beta of its epoch. */
    static LossCurves ofTraining(List<EpochMetrics> epochs) {
        return new LossCurves(
                values(epochs, EngineCurves::trainingLoss),
                values(epochs, epoch -> epoch.training().reconstruction()),
                values(epochs, epoch -> epoch.training().kl()));
    }

    /** On the validation images, after each epoch. */
    static LossCurves ofValidation(List<EpochMetrics> epochs) {
        return new LossCurves(
                values(epochs, EpochMetrics::validationLoss),
                values(epochs, epoch -> epoch.validation().reconstruction()),
                values(epochs, epoch -> epoch.validation().kl()));
    }

    private static List<Double> values(List<EpochMetrics> epochs, Function<EpochMetrics, Double> figure) {
        return epochs.stream().map(figure).toList();
    }
}
