package dev.vaelab.report.page;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.vaelab.api.model.Figures;
import dev.vaelab.training.EpochMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The loss of one split over the epochs of a run, and its terms, in nats per image.
 *
 * @param figures by name: {@value #LOSS}, which is what training minimizes, and each of its terms; a value for each epoch
 */
public record LossCurves(@JsonValue Map<String, List<Double>> figures) {
    /** Name of what training minimizes. */
    static final String LOSS = "loss";

    /** On the training images, each with the weights of its step; the loss has the beta of its epoch. */
    static LossCurves ofTraining(List<EpochMetrics> epochs) {
        return of(epochs, EpochMetrics::training, epoch -> epoch.training().loss());
    }

    /** On the validation images, after each epoch; of no figures if there are no such images. */
    static LossCurves ofValidation(List<EpochMetrics> epochs) {
        if (epochs.stream().anyMatch(epoch -> epoch.validation() == null)) {
            return new LossCurves(Map.of());
        }
        return of(epochs, EpochMetrics::validation, EpochMetrics::validationLoss);
    }

    private static LossCurves of(
            List<EpochMetrics> epochs, Function<EpochMetrics, Figures> split, ToDoubleFunction<EpochMetrics> loss) {
        Map<String, List<Double>> figures = new LinkedHashMap<>();
        figures.put(LOSS, epochs.stream().map(loss::applyAsDouble).toList());
        if (!epochs.isEmpty()) {
            for (String term : split.apply(epochs.get(0)).terms().keySet()) {
                figures.put(
                        term,
                        epochs.stream()
                                .map(epoch -> split.apply(epoch).terms().get(term))
                                .toList());
            }
        }
        return new LossCurves(figures);
    }
}
