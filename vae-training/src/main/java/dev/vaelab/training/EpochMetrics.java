package dev.vaelab.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Figures;
import java.util.OptionalLong;

/**
 * What is known after an epoch.
 *
 * @param epoch counted from 1
 * @param steps training steps since the beginning of the training
 * @param measure what the terms were measured under
 * @param training mean terms over the epoch's training images, each as its step saw it
 * @param validation mean terms over the validation images after the epoch; null if there are none
 * @param validationLoss what is compared between epochs: what the loss minimizes, on the validation images, with the
 *     beta that the experiment ends with, so that a warm-up does not decide which epoch is best; null if there are none
 * @param best whether the result so far are the weights of this epoch: it has the lowest validation loss, or there are no
 *     validation images
 * @param learningRate step size of the optimizer in this epoch
 * @param beta weight of the KL term in this epoch; in its last step, where a warm-up changes it from step to step
 * @param trainingSeconds time spent in training steps and waiting for batches
 * @param validationSeconds time spent on the validation images
 * @param imagesPerSecond training images by training seconds
 * @param residentBytes memory of the process after the epoch, where the system tells
 */
public record EpochMetrics(
        int epoch,
        long steps,
        @JsonInclude(JsonInclude.Include.NON_NULL) Measure measure,
        Figures training,
        @JsonInclude(JsonInclude.Include.NON_NULL) Figures validation,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double validationLoss,
        boolean best,
        double learningRate,
        double beta,
        double trainingSeconds,
        double validationSeconds,
        double imagesPerSecond,
        OptionalLong residentBytes) {
    /** The same where the training minimized reconstruction + beta * KL, with the beta of the epoch. */
    public EpochMetrics withElbo() {
        Figures minimized = new Figures(training.terms(), training.reconstruction() + beta * training.kl());
        return new EpochMetrics(
                epoch,
                steps,
                measure,
                minimized,
                validation,
                validationLoss,
                best,
                learningRate,
                beta,
                trainingSeconds,
                validationSeconds,
                imagesPerSecond,
                residentBytes);
    }
}
