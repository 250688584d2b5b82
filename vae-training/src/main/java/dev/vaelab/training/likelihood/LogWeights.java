package dev.vaelab.training.likelihood;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.GaussianDensity;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.tensor.Operand;

/**
 * The importance weights of latents of some images, log p(x|z) + log p(z) - log q(z|x): what the engine computes of a likelihood.
 * The images are encoded once, however many latents are drawn from their posteriors.
 *
 * <p>log q(z|x) is computed from the noise: of z = mean + e^(l/2) noise it is log N(noise; 0, I) - sum of l/2. From z it would lose
 * digits where the variance is small, as z - mean does.
 *
 * @param <T> the engine's tensor
 */
final class LogWeights<T> implements AutoCloseable {
    private final VaeModel<T> model;
    private final VariationalModel<T> formulas;
    private final TensorScope<T> scope;
    private final int count;
    private final int latent;
    private final Operand<T> images;
    private final Posterior<Operand<T>> posterior;
    private Repeated<T> repeated;

    /** What has a row for each latent, though it is the same for all latents of an image. */
    private record Repeated<T>(
            int samples, Operand<T> images, Posterior<Operand<T>> posterior, Operand<T> logDeviation) {}

    /**
     * Encodes images.
     *
     * @param batch the images; its noise is not looked at
     */
    LogWeights(VaeModel<T> model, Batch batch) {
        this.model = model;
        count = batch.count();
        formulas = model.evaluated(batch.labels());
        latent = model.architecture().latent();
        scope = model.openScope();
        try {
            ImageShape shape = model.architecture().image();
            images = operand(scope.upload(batch.images(), count, shape.channels(), shape.height(), shape.width()));
            posterior = formulas.encode(images);
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
    }

    /**
     * The weights of more latents.
     *
     * @param noise standard normal noise, [images * samples, latent], the samples of an image one behind the other
     * @return nats, [images * samples]
     */
    float[] of(float[] noise) {
        int samples = noise.length / (count * latent);
        if (repeated == null || repeated.samples() != samples) {
            repeated = repeat(samples);
        }
        try (TensorScope<T> piece = model.openScope()) {
            Operand<T> drawn = operand(piece.upload(noise, count * samples, latent));
            Operand<T> latents = formulas.sample(repeated.posterior(), drawn);
            Operand<T> logPosterior = GaussianDensity.logStandard(drawn).minus(repeated.logDeviation());
            Operand<T> logJoint = formulas.logLikelihood(repeated.images(), formulas.decode(latents))
                    .plus(formulas.logPrior(latents));
            return piece.download(logJoint.minus(logPosterior).value());
        }
    }

    private Repeated<T> repeat(int samples) {
        Operand<T> logVariance = posterior.logVariance().repeatEach(samples);
        return new Repeated<>(
                samples,
                images.repeatEach(samples),
                new Posterior<>(posterior.mean().repeatEach(samples), logVariance),
                logVariance.sum(1).times(0.5));
    }

    private Operand<T> operand(T tensor) {
        return new Operand<>(model.operations(), tensor);
    }

    @Override
    public void close() {
        scope.close();
    }
}
