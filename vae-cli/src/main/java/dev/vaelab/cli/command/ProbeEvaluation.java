package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.estimate.ProbeFigures;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.training.PosteriorValues;
import dev.vaelab.training.probe.LabelledFeatures;
import dev.vaelab.training.probe.LatentProbe;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** How well labels are told from latents, which {@code evaluate --probe} measures, or finds in the run. */
final class ProbeEvaluation {
    /** Values of the features that are learned from at most: the solver has an object for each, half a gigabyte in all. */
    private static final int MOST_VALUES = 16_000_000;

    private static final String OPTION = "--probe";

    private ProbeEvaluation() {}

    /**
     * Checks that there is something to learn and something to ask for.
     *
     * @throws InvalidInputException if there is not
     */
    static void require(Laboratory.Assembly experiment, Split split) {
        if (split == Split.TRAIN) {
            throw new InvalidInputException(new Problem(
                    OPTION,
                    "--split train, the images whose labels the classifiers learn",
                    "images whose labels they never saw",
                    "ask for the test or the validation images"));
        }
        if (experiment.get(Architecture.class).conditional()) {
            throw new InvalidInputException(new Problem(
                    OPTION,
                    "a class-conditional model, whose encoder is told the label",
                    "a model whose latents know of labels what they know of images",
                    "--label-fidelity tells whether it heeds labels"));
        }
        requireLabels(OPTION, experiment);
    }

    /**
     * Checks that training images have labels to tell apart.
     *
     * @param option that needs them
     * @throws InvalidInputException if they have not
     */
    static void requireLabels(String option, Laboratory.Assembly experiment) {
        long labels = Arrays.stream(
                        experiment.get(DataSplits.class).trainEvaluated().labels())
                .distinct()
                .count();
        if (labels < 2) {
            throw new InvalidInputException(new Problem(
                    option,
                    "training images of " + experiment.get(Dataset.class).name() + " that all have one label",
                    "images with labels of two classes at least",
                    "images from a folder are labelled by subfolders, a class each"));
        }
    }

    /** Measures what is not there yet; what is measured for a run is kept there. */
    static ProbeFigures run(TrainedModel trained, Laboratory.Assembly experiment, VaeModel<?> model, Split split) {
        DataSplits splits = experiment.get(DataSplits.class);
        ImageSubset images = splits.get(split);
        int most = MOST_VALUES / model.architecture().latent();
        int count = Math.max(2, Math.min(splits.trainEvaluated().count(), most));
        ImageSubset training =
                splits.trainEvaluated().select(IntStream.range(0, count).toArray());
        EstimateStamp stamp = trained.stamp(EstimateStamp.Kind.PROBE, experiment, split, images, count);
        Optional<ProbeFigures> kept = trained.run().flatMap(run -> ProbeFigures.find(run, stamp));
        if (kept.isPresent()) {
            return kept.get();
        }
        int batchSize = trained.config().training().batchSize();
        LabelledFeatures learned = LabelledFeatures.of(PosteriorValues.of(model, training, batchSize), training);
        LabelledFeatures asked = LabelledFeatures.of(PosteriorValues.of(model, images, batchSize), images);
        if (!learned.finite() || !asked.finite()) {
            throw new RunFailedException("posterior means that are not finite: those that " + trained.weights()
                    + " gives these images overflow");
        }
        ProbeFigures figures = new ProbeFigures(stamp, LatentProbe.of(learned, asked));
        return trained.keep(figures, ProbeFigures::write, "the accuracies are");
    }
}
