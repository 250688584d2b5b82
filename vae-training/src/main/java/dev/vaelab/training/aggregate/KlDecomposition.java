package dev.vaelab.training.aggregate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.random.GaussianStream;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.PosteriorValues;
import dev.vaelab.training.aggregate.AggregatePosterior.LogDensities;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the KL term of the ELBO goes, in nats per image:
 *
 * <pre>
 * mean of KL(q(z|x) || p(z)) = I(n; z) + KL(q(z) || p(z))            Hoffman and Johnson, ELBO surgery, 2016
 * KL(q(z) || p(z))           = TC(z) + sum over d of KL(q(z_d) || p(z_d))    Chen et al., Isolating sources of disentanglement, 2018
 * </pre>
 *
 * <p>The second line holds for a prior whose dimensions are independent. All expectations are means over M latents, each drawn from
 * the posterior of an image of its own where there are as many; log q(z) and log q(z_d) are exact for the N images, as all N posteriors
 * are summed for each latent (Chen et al. 2018 sum a minibatch, whose estimate is biased).
 *
 * <p>What remains is how N images stand for all: I(n; z) is at most log N, and where it comes near, the mixture of N posteriors has a
 * peak at each image, so that KL(q(z) || p(z)) and TC(z) are larger than those of more images would be.
 *
 * @param kl mean of KL(q(z|x) || p(z)) by these latents
 * @param mutualInformation index-code mutual information I(n; z): E[log q(z|x_n) - log q(z)]
 * @param aggregateKl KL(q(z) || p(z)): E[log q(z) - log p(z)]
 * @param totalCorrelation TC(z) = KL(q(z) || product of q(z_d)): E[log q(z) - sum of log q(z_d)]
 * @param dimensionwiseKl sum over d of KL(q(z_d) || p(z_d)); null for a prior whose dimensions are not independent
 * @param mostInformation log N, which the mutual information does not exceed
 */
public record KlDecomposition(
        Estimate kl,
        Estimate mutualInformation,
        Estimate aggregateKl,
        Estimate totalCorrelation,
        @JsonInclude(JsonInclude.Include.NON_NULL) Estimate dimensionwiseKl,
        double mostInformation) {

    /** A latent and the densities at it. */
    private record Drawn(LogDensities q, double logPrior) {}

    /**
     * Estimates the parts.
     *
     * @param model for its prior
     * @param posteriors of all images of the split
     * @param independentPrior whether the dimensions of the prior are independent
     * @param streams where noise comes from
     * @param samples M, at least two
     */
    public static <T> KlDecomposition of(
            VaeModel<T> model,
            PosteriorValues posteriors,
            boolean independentPrior,
            RandomStreams streams,
            int samples) {
        int latent = posteriors.latent();
        int[] order = streams.permutation(posteriors.count(), Purpose.DECOMPOSITION, 0);
        GaussianStream noise = streams.openGaussian(Purpose.DECOMPOSITION, 1);
        float[] latents = new float[Math.multiplyExact(samples, latent)];
        for (int sample = 0; sample < samples; sample++) {
            int image = order[sample % order.length];
            float[] standard = noise.draw(latent);
            for (int dimension = 0; dimension < latent; dimension++) {
                latents[sample * latent + dimension] = posteriors.means()[image * latent + dimension]
                        + posteriors.deviation(image, dimension) * standard[dimension];
            }
        }
        float[] logPriors = logPriors(model, latents, samples, latent);
        AggregatePosterior aggregate = new AggregatePosterior(posteriors);
        List<Drawn> drawn = IntStream.range(0, samples)
                .parallel()
                .mapToObj(sample -> {
                    double[] z = new double[latent];
                    for (int dimension = 0; dimension < latent; dimension++) {
                        z[dimension] = latents[sample * latent + dimension];
                    }
                    return new Drawn(aggregate.at(z, order[sample % order.length]), logPriors[sample]);
                })
                .toList();
        return new KlDecomposition(
                estimate(drawn, (q, logPrior) -> q.posterior() - logPrior),
                estimate(drawn, (q, logPrior) -> q.posterior() - q.aggregate()),
                estimate(drawn, (q, logPrior) -> q.aggregate() - logPrior),
                estimate(drawn, (q, logPrior) -> q.aggregate() - q.marginals()),
                independentPrior ? estimate(drawn, (q, logPrior) -> q.marginals() - logPrior) : null,
                Math.log(posteriors.count()));
    }

    private static Estimate estimate(List<Drawn> drawn, ToDoubleBiFunction<LogDensities, Double> value) {
        return Estimate.of(drawn.stream()
                .mapToDouble(latent -> value.applyAsDouble(latent.q(), latent.logPrior()))
                .toArray());
    }

    private static <T> float[] logPriors(VaeModel<T> model, float[] latents, int samples, int latent) {
        try (TensorScope<T> scope = model.openScope()) {
            return scope.download(model.logPrior(scope.upload(latents, samples, latent)));
        }
    }

    /** Whether all parts are numbers. */
    public boolean finite() {
        return Stream.of(kl, mutualInformation, aggregateKl, totalCorrelation, dimensionwiseKl)
                .filter(Objects::nonNull)
                .allMatch(Estimate::finite);
    }
}
