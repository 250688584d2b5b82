package dev.vaelab.experiment.cluster.images;

import dev.vaelab.experiment.table.Column;
import dev.vaelab.training.FigureSum;
import dev.vaelab.training.likelihood.ImageLikelihood;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Estimates log p(x) of images, and sums up the terms of their loss. */
public final class LikelihoodTask extends ImageTask {
    static final String SAMPLES = "likelihood.samples";

    @Override
    List<Column> columns(Work work) {
        throw new IllegalStateException("there is no table");
    }

    /** @return the sums of each batch (names with sums, and how many images), then the four numbers of each image's likelihood */
    @Override
    Object run(Work work, Rows rows) throws IOException {
        int samples = (Integer) work.settings().get(SAMPLES);
        List<Object> sums = new ArrayList<>();
        List<double[]> likelihoods = new ArrayList<>();
        return work.pool().use(model -> {
            Unchecked.run(() -> work.source().forEach(work.chunk(), chunk -> {
                for (FigureSum sum : Measures.sums(work, model, chunk)) {
                    sums.add(new Object[] {new LinkedHashMap<>(sum.terms()), sum.images()});
                }
                for (ImageLikelihood each : Measures.likelihoods(work, model, chunk, samples)) {
                    likelihoods.add(
                            new double[] {each.logLikelihood(), each.elbo(), each.variance(), each.effectiveSamples()});
                }
            }));
            return new Object[] {sums.toArray(), likelihoods.toArray(double[][]::new)};
        });
    }
}
