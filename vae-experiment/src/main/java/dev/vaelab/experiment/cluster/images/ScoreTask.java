package dev.vaelab.experiment.cluster.images;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.experiment.scoring.ScoreFile;
import dev.vaelab.experiment.table.Column;
import dev.vaelab.training.score.ImageComplexity;
import dev.vaelab.training.score.ImageScore;
import dev.vaelab.training.score.ImageScoring;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Writes the scores of images. */
public final class ScoreTask extends ImageTask {
    static final String SAMPLES = "score.samples";

    @Override
    List<Column> columns(Work work) {
        return ScoreFile.columns(work.settings().containsKey(SAMPLES), false);
    }

    /** @return reconstruction and KL of each image and its log p(x) where that was asked for */
    @Override
    Object run(Work work, Rows rows) throws IOException {
        Integer samples = (Integer) work.settings().get(SAMPLES);
        Architecture architecture = work.pool().experiment().get(Architecture.class);
        List<String> classNames = work.classNames();
        int batchSize = work.config().training().batchSize();
        DoubleStream.Builder reconstruction = DoubleStream.builder();
        DoubleStream.Builder kl = DoubleStream.builder();
        DoubleStream.Builder logLikelihood = DoubleStream.builder();
        return work.pool().use(model -> {
            Unchecked.run(() -> work.source().forEach(work.chunk(), chunk -> {
                List<ImageScore> scores = Measures.scores(work, model, chunk);
                if (samples != null) {
                    scores = ImageScoring.join(scores, Measures.likelihoods(work, model, chunk, samples));
                }
                long[] complexities = ImageComplexity.of(chunk.images(), architecture.image(), batchSize, count -> {});
                for (int image = 0; image < chunk.count(); image++) {
                    ImageScore score = scores.get(image);
                    int label = chunk.label(image);
                    requireFinite(score, chunk.indices()[image]);
                    rows.write(ScoreFile.row(
                            chunk.indices()[image],
                            label,
                            score,
                            complexities[image],
                            Optional.empty(),
                            label < classNames.size() ? classNames.get(label) : ""));
                    reconstruction.add(score.reconstruction());
                    kl.add(score.kl());
                    score.likelihood().ifPresent(estimate -> logLikelihood.add(estimate.logLikelihood()));
                }
            }));
            return new Object[] {
                reconstruction.build().toArray(),
                kl.build().toArray(),
                logLikelihood.build().toArray()
            };
        });
    }

    private static void requireFinite(ImageScore score, long index) {
        if (!score.finite()) {
            throw new RunFailedException("image " + index + " has a reconstruction of " + score.reconstruction()
                    + " and a KL of " + score.kl() + ": the engine cannot compute with these weights on it");
        }
    }
}
