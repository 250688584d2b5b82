package dev.vaelab.backend.reference;

import dev.vaelab.api.model.LossTerms;
import java.util.Arrays;
import java.util.List;

/** What training minimizes: the mean over the images of a batch of reconstruction + beta * KL, in nats per image. */
final class Objective {
    private Objective() {}

    /** The objective as a tensor of a single value. */
    static DoubleTensor of(LossTerms<DoubleTensor> terms, double beta) {
        double value = terms.reconstruction().mean() + beta * terms.kl().mean();
        return DoubleTensor.of(new double[] {value}, 1)
                .computedFrom(
                        List.of(terms.reconstruction(), terms.kl()),
                        gradient -> List.of(
                                equally(terms.reconstruction(), gradient.values()[0]),
                                equally(terms.kl(), beta * gradient.values()[0])));
    }

    private static DoubleTensor equally(DoubleTensor term, double gradientByMean) {
        double[] result = new double[term.size(0)];
        Arrays.fill(result, gradientByMean / result.length);
        return term.withValues(result);
    }
}
