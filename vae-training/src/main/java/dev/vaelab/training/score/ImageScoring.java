package dev.vaelab.training.score;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.ImageSequence;
import dev.vaelab.api.dataset.PrefetchedBatches;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.StopRequest;
import dev.vaelab.training.likelihood.ImageLikelihood;
import dev.vaelab.training.likelihood.LikelihoodEstimation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Scores images one by one: by the terms of the negative ELBO and, if asked for, by log p(x).
 *
 * <p>The terms are those whose means an {@linkplain dev.vaelab.training.Evaluator evaluation} gives: the same latents by the same
 * noise. log p(x) is what {@link LikelihoodEstimation} estimates. An image has the same noise whatever the batch size and the engine, and
 * no score depends on the images beside it. Of what a loss adds to the two terms of the ELBO nothing is said here: some of it is of a
 * batch and of no image.
 *
 * <p>Beside the scores, memory does not grow with the number of images.
 */
public final class ImageScoring {
    /** The terms of the ELBO know no beta; what is minimized is not looked at. */
    private static final double ANY_BETA = 1;

    private final ImageSequence images;
    private final Split split;
    private final RandomStreams streams;

    /**
     * Of images.
     *
     * @param images at least one
     * @param split that they are of, or take the place of: whose noise they have
     * @param streams the experiment's random streams
     */
    public ImageScoring(ImageSequence images, Split split, RandomStreams streams) {
        this.images = images;
        this.split = split;
        this.streams = streams;
    }

    /**
     * Scores all images by the terms of the ELBO.
     *
     * @param batchSize images that are evaluated at once
     * @param progress is told how many more images are done
     * @return a score for each image, in their order
     */
    public List<ImageScore> terms(VaeModel<?> model, int batchSize, IntConsumer progress) {
        return terms(
                model,
                new EvaluationBatches(images, batchSize, model.noisePerImage(), streams, split.evaluationNoise()),
                progress);
    }

    /**
     * Scores images by the terms of the ELBO.
     *
     * @param batches of all images, or of a stretch of them with the noise of its place
     * @param progress is told how many more images are done
     * @return a score for each image, in their order
     */
    public static List<ImageScore> terms(VaeModel<?> model, EvaluationBatches batches, IntConsumer progress) {
        List<ImageScore> scores = new ArrayList<>();
        try (PrefetchedBatches prepared = PrefetchedBatches.start(batches.iterator())) {
            while (prepared.hasNext()) {
                List<ImageScore> next = of(model, prepared.next());
                scores.addAll(next);
                progress.accept(next.size());
            }
        }
        return scores;
    }

    /**
     * Scores all images by the terms of the ELBO and by log p(x).
     *
     * @param model whose sampler draws from the posterior
     * @param batchSize images that are evaluated at once
     * @param samples latents of each image by which log p(x) is estimated, at least one
     */
    public List<ImageScore> withLikelihood(VaeModel<?> model, int batchSize, int samples) {
        List<ImageScore> terms = terms(model, batchSize, count -> {});
        List<ImageLikelihood> likelihoods = new ArrayList<>(images.count());
        new LikelihoodEstimation(images, split, streams, samples)
                .run(model, 0, new StopRequest(), new LikelihoodEstimation.Listener() {
                    @Override
                    public void sampled(long count) {
                        // Nobody watches.
                    }

                    @Override
                    public void estimated(List<ImageLikelihood> next) {
                        likelihoods.addAll(next);
                    }
                });
        return join(terms, likelihoods);
    }

    /** Scores and the likelihoods of the same images. */
    public static List<ImageScore> join(List<ImageScore> terms, List<ImageLikelihood> likelihoods) {
        if (terms.size() != likelihoods.size()) {
            throw new IllegalArgumentException(
                    "each image has a likelihood, found " + likelihoods.size() + " of " + terms.size());
        }
        List<ImageScore> scores = new ArrayList<>(terms.size());
        for (int image = 0; image < terms.size(); image++) {
            scores.add(terms.get(image).with(likelihoods.get(image)));
        }
        return Collections.unmodifiableList(scores);
    }

    /**
     * Scores a few images, at once, by noise that is given.
     *
     * @param batch images, and as much noise as the loss takes
     */
    public static List<ImageScore> of(VaeModel<?> model, Batch batch) {
        Map<String, float[]> values = model.evaluate(batch, ANY_BETA);
        float[] reconstruction = values.get(LossTerms.RECONSTRUCTION);
        float[] kl = values.get(LossTerms.KL);
        List<ImageScore> scores = new ArrayList<>(batch.count());
        for (int image = 0; image < batch.count(); image++) {
            scores.add(new ImageScore(reconstruction[image], kl[image]));
        }
        return scores;
    }
}
