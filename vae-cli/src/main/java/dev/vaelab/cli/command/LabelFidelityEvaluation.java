package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.estimate.LabelFidelityFigures;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.training.ModelImages;
import dev.vaelab.training.probe.LabelFidelity;
import java.util.Arrays;
import java.util.Optional;

/** What images that a conditional model makes of labels are taken for, as {@code evaluate --label-fidelity} asks, or finds in the run. */
final class LabelFidelityEvaluation {
    private LabelFidelityEvaluation() {}

    /**
     * Checks that there are labels to make images of.
     *
     * @throws InvalidInputException if the model knows none, or the training images have none
     */
    static void require(String option, Laboratory.Assembly experiment, Split split) {
        if (!experiment.get(Architecture.class).conditional()) {
            throw new InvalidInputException(new Problem(
                    option,
                    "a model that knows no labels",
                    "a class-conditional one, which makes images of a label",
                    "train one with model.condition label"));
        }
        if (split == Split.TRAIN) {
            throw new InvalidInputException(new Problem(
                    option,
                    "--split train, the images that vote: each would have itself for its nearest neighbour",
                    "real images that do not vote, to tell what the vote is worth",
                    "ask for the test or the validation images"));
        }
        ProbeEvaluation.requireLabels(option, experiment);
    }

    /**
     * Makes images, unless that was done already; what comes of it is kept in the run.
     *
     * @param count of images
     */
    static LabelFidelityFigures run(
            TrainedModel trained, Laboratory.Assembly experiment, VaeModel<?> model, Split split, int count) {
        DataSplits splits = experiment.get(DataSplits.class);
        ImageSubset images = splits.get(split);
        EstimateStamp stamp = trained.stamp(EstimateStamp.Kind.FIDELITY, experiment, split, images, count);
        Optional<LabelFidelityFigures> kept = trained.run().flatMap(run -> LabelFidelityFigures.find(run, stamp));
        if (kept.isPresent()) {
            return kept.get();
        }
        RandomStreams streams = experiment.get(RandomStreams.class);
        int batchSize = trained.config().training().batchSize();
        LabelFidelityFigures figures = new LabelFidelityFigures(
                stamp,
                LabelFidelity.of(
                        labels -> generate(model, streams, batchSize, labels), splits.trainEvaluated(), images, count));
        return trained.keep(figures, LabelFidelityFigures::write, "the fidelity to labels is");
    }

    /** Images of latents of the prior, as {@code generate} makes them: the expected ones. */
    private static float[] generate(VaeModel<?> model, RandomStreams streams, int batchSize, int... labels) {
        int latent = model.architecture().latent();
        int size = model.architecture().image().size();
        float[] latents = model.drawFromPrior(labels.length, streams, Purpose.GENERATION);
        float[] images = new float[Math.multiplyExact(labels.length, size)];
        for (int from = 0; from < labels.length; from += batchSize) {
            int to = Math.min(labels.length, from + batchSize);
            float[] decoded = ModelImages.decode(
                    model,
                    Arrays.copyOfRange(latents, from * latent, to * latent),
                    Arrays.copyOfRange(labels, from, to));
            System.arraycopy(decoded, 0, images, from * size, decoded.length);
        }
        for (float pixel : images) {
            if (!Float.isFinite(pixel)) {
                throw new RunFailedException(
                        "images that are not finite: the engine cannot compute with these weights");
            }
        }
        return images;
    }
}
