package dev.vaelab.experiment.cluster.images;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.random.GaussianStream;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.Evaluator;
import dev.vaelab.training.FigureSum;
import dev.vaelab.training.StopRequest;
import dev.vaelab.training.likelihood.ImageLikelihood;
import dev.vaelab.training.likelihood.LikelihoodEstimation;
import dev.vaelab.training.score.ImageScore;
import dev.vaelab.training.score.ImageScoring;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** What is measured of the images of a chunk, by the noise of their places. */
final class Measures {
    private Measures() {}

    /** The terms of the ELBO of each image. */
    static List<ImageScore> scores(ImageTask.Work work, ModelPool.Borrowed model, ImageChunk chunk) {
        return evaluated(work, model, chunk, (engine, batches) -> ImageScoring.terms(engine, batches, count -> {}));
    }

    /** The terms of the loss, summed over each batch. */
    static List<FigureSum> sums(ImageTask.Work work, ModelPool.Borrowed model, ImageChunk chunk) {
        double beta = work.config().loss().beta();
        return evaluated(work, model, chunk, (engine, batches) -> Evaluator.batchSums(engine, beta, batches));
    }

    private static <R> R evaluated(
            ImageTask.Work work,
            ModelPool.Borrowed model,
            ImageChunk chunk,
            BiFunction<VaeModel<?>, EvaluationBatches, R> evaluation) {
        Split split = work.split();
        NoiseStreams streams = work.pool().noise();
        int batchSize = work.config().training().batchSize();
        return model.call(engine -> {
            int each = engine.noisePerImage();
            long place = chunk.first() * each;
            GaussianStream noise = streams.take(split.evaluationNoise(), place);
            R result = evaluation.apply(engine, new EvaluationBatches(chunk.images(), batchSize, each, () -> noise));
            streams.leave(split.evaluationNoise(), place + (long) chunk.count() * each, noise);
            return result;
        });
    }

    /** log p(x) of each image. */
    static List<ImageLikelihood> likelihoods(
            ImageTask.Work work, ModelPool.Borrowed model, ImageChunk chunk, int samples) {
        RandomStreams streams = work.pool().experiment().get(RandomStreams.class);
        List<ImageLikelihood> likelihoods = new ArrayList<>();
        model.call(engine -> {
            new LikelihoodEstimation(chunk.images(), chunk.first(), work.split(), streams, samples)
                    .run(engine, 0, new StopRequest(), new LikelihoodEstimation.Listener() {
                        @Override
                        public void sampled(long count) {
                            // Parts are what is told of.
                        }

                        @Override
                        public void estimated(List<ImageLikelihood> next) {
                            likelihoods.addAll(next);
                        }
                    });
            return likelihoods;
        });
        return likelihoods;
    }
}
