package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.cli.progress.ImageProgress;
import dev.vaelab.cli.progress.ProgressDisplay;
import dev.vaelab.experiment.estimate.LikelihoodRecord;
import dev.vaelab.experiment.scoring.ScoredImages;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.training.likelihood.ImageLikelihood;
import dev.vaelab.training.score.ImageComplexity;
import dev.vaelab.training.score.ImageScore;
import dev.vaelab.training.score.ImageScoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/** Scores the images of a split; their likelihoods are kept in the run as {@code evaluate --samples} keeps them, and go on there. */
final class ImageScorer {
    private final Split split;
    private final Optional<Integer> samples;
    private final ProgressDisplay display;
    private final String goOn;

    /**
     * Of images.
     *
     * @param samples by which log p(x) is estimated; nothing if it is not
     * @param goOn the command that goes on after a stop
     */
    ImageScorer(Split split, Optional<Integer> samples, ProgressDisplay display, String goOn) {
        this.split = split;
        this.samples = samples;
        this.display = display;
        this.goOn = goOn;
    }

    /**
     * Where images are from.
     *
     * @param trained the weights, with the experiment that names the images
     * @param experiment put together, with the images
     */
    record Source(TrainedModel trained, Laboratory.Assembly experiment) {}

    /** Scores images; nothing if it was asked to stop before it came to their end, which has been told. */
    Optional<ScoredImages> score(Source source, VaeModel<?> model) {
        Laboratory.Assembly experiment = source.experiment();
        Dataset dataset = experiment.get(Dataset.class);
        ImageSubset images = experiment.get(DataSplits.class).get(split);
        int batchSize = source.trained().config().training().batchSize();
        List<ImageScore> terms;
        long[] complexities;
        try (ImageProgress progress = new ImageProgress(
                display, "scores", split + " images of " + dataset.name() + " are scored", images.count(), System.err)) {
            terms = new ImageScoring(images, split, experiment.get(RandomStreams.class))
                    .terms(model, batchSize, progress::add);
            // As much as is nothing beside the model.
            complexities = ImageComplexity.of(images, images.shape(), batchSize, count -> {});
        }
        // Scores that are not finite are told before hours go into estimates.
        ScoredImages scored = new ScoredImages(dataset.name(), dataset.classNames(), images, terms, complexities);
        if (samples.isEmpty()) {
            return Optional.of(scored);
        }
        List<ImageLikelihood> likelihoods = new ArrayList<>();
        new LikelihoodEvaluation(split, samples.get(), display)
                .run(source.trained(), experiment, model, goOn, record -> end(record, likelihoods));
        return likelihoods.isEmpty()
                ? Optional.empty()
                : Optional.of(new ScoredImages(
                        dataset.name(),
                        dataset.classNames(),
                        images,
                        ImageScoring.join(terms, likelihoods),
                        complexities));
    }

    private int end(LikelihoodRecord record, List<ImageLikelihood> likelihoods) {
        if (record.complete()) {
            likelihoods.addAll(record.images());
            return ExitCode.OK;
        }
        System.err.println("stopped; " + record.done() + " of " + record.stamp().images()
                + " images are counted; go on with: " + goOn);
        return ExitCode.SOFTWARE;
    }
}
