package dev.vaelab.testkit;

import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Part;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.training.part.Elbo;
import dev.vaelab.training.part.StandardGaussian;
import dev.vaelab.training.tape.Variable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Parts with one mistake each. */
final class WrongParts {
    private WrongParts() {}

    /**
     * A part that makes a mistake.
     *
     * @param part who makes it
     * @param registered whether a service file names it
     * @param tests the tests that notice it; no other may fail
     */
    record WrongPart(Part part, boolean registered, Set<String> tests) {
        @Override
        public String toString() {
            return part.name() + (registered ? "" : " unregistered");
        }
    }

    static Stream<WrongPart> all() {
        return Stream.of(
                new WrongPart(new Plain(), true, Set.of()),
                new WrongPart(new Plain(), false, Set.of("discovery")),
                new WrongPart(new TwoLines(), true, Set.of("description")),
                new WrongPart(new OfPath(null), true, Set.of("keys")),
                new WrongPart(new MeanOfBatch(), true, Set.of("terms")),
                new WrongPart(new OtherInTraining(), true, Set.of("sameInTraining")),
                new WrongPart(new Detached(), true, Set.of("derivatives")),
                new WrongPart(new AgainstTheBatch(), true, Set.of("rowByRow")),
                new WrongPart(new OtherNoise(), true, Set.of("rowByRow")),
                new WrongPart(new NaiveBernoulli(), true, Set.of("anyLogit")),
                new WrongPart(new Unnormalized(), true, Set.of("normalized", "draws")),
                new WrongPart(new WideDraws(), true, Set.of("draws")),
                new WrongPart(new WideSamples(), true, Set.of("samples")),
                new WrongPart(new LastDrawsFirst(), true, Set.of("fewerDraws")),
                new WrongPart(new TwiceTheDivergence(), true, Set.of("divergence")),
                new WrongPart(new MeanOfDimensions(), true, Set.of("parts")));
    }

    /** A loss that is right. */
    private interface AsElbo extends Loss {
        @Override
        default String name() {
            return getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }

        @Override
        default String description() {
            return "the evidence lower bound";
        }

        @Override
        default <X> LossTerms<X> compute(
                VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
            LossTerms<X> elbo = new Elbo().compute(model, images, noise, beta);
            return new LossTerms<>(elbo.terms(), minimized(elbo, beta));
        }

        default <X> Operand<X> minimized(LossTerms<X> elbo, Operand<X> beta) {
            return elbo.minimized();
        }
    }

    /** Makes no mistake but not to be named by a service file, perhaps. */
    public record Plain() implements AsElbo {}

    /** Says more than fits a list. */
    public record TwoLines() implements AsElbo {
        @Override
        public String description() {
            return "the evidence\nlower bound";
        }
    }

    /** Has a key that no file can say. */
    public record OfPath(Path path) implements AsElbo {
        public OfPath() {
            this(null);
        }
    }

    /** Gives one number for all images. */
    public record MeanOfBatch() implements AsElbo {
        @Override
        public <X> Operand<X> minimized(LossTerms<X> elbo, Operand<X> beta) {
            return elbo.minimized().mean(0).reshape(1);
        }
    }

    /** Looks at who computes. */
    public record OtherInTraining() implements AsElbo {
        @Override
        public <X> Operand<X> minimized(LossTerms<X> elbo, Operand<X> beta) {
            return elbo.minimized().value() instanceof Variable<?>
                    ? elbo.minimized().plus(1)
                    : elbo.minimized();
        }
    }

    /** Takes numbers out of the engine and puts them in again, where no derivative follows. */
    public record Detached() implements AsElbo {
        @Override
        public <X> Operand<X> minimized(LossTerms<X> elbo, Operand<X> beta) {
            Operand<X> kl = elbo.terms().get(LossTerms.KL);
            Operand<X> copy = kl.of(kl.operations().upload(kl.operations().download(kl.value()), kl.shape()));
            return elbo.terms().get(LossTerms.RECONSTRUCTION).plus(copy.times(beta));
        }
    }

    /** Compares images with each other. */
    public record AgainstTheBatch() implements Likelihood {
        @Override
        public String name() {
            return "against-the-batch";
        }

        @Override
        public String description() {
            return "Bernoulli, less the mean of the batch";
        }

        @Override
        public <X> Operand<X> logDensity(Operand<X> images, Operand<X> logits, PartTensors<X> own) {
            Operand<X> density = images.bernoulliLogDensity(logits);
            return density.minus(density.mean(0).times(0.5));
        }
    }

    /** Gives all rows the noise of the first. */
    public record OtherNoise() implements Sampler {
        @Override
        public String name() {
            return "other-noise";
        }

        @Override
        public String description() {
            return "the noise of the first row for all";
        }

        @Override
        public <X> Operand<X> sample(Posterior<Operand<X>> posterior, Operand<X> noise, PartTensors<X> own) {
            return posterior.mean().plus(posterior.logVariance().over(2).exp().times(noise.slice(0, 0, 1)));
        }
    }

    /** Takes the logarithm of a sigmoid that may be 0. */
    public record NaiveBernoulli() implements Likelihood {
        @Override
        public String name() {
            return "naive-bernoulli";
        }

        @Override
        public String description() {
            return "cross-entropy of the sigmoid";
        }

        @Override
        public <X> Operand<X> logDensity(Operand<X> images, Operand<X> logits, PartTensors<X> own) {
            Operand<X> white = logits.sigmoid().log().times(images);
            Operand<X> black =
                    logits.negated().sigmoid().log().times(images.negated().plus(1));
            return white.plus(black).sum(1, 2, 3);
        }
    }

    /** A prior that is right. */
    private interface AsStandard extends Prior {
        @Override
        default String name() {
            return getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }

        @Override
        default String description() {
            return "N(0, I)";
        }

        @Override
        default <X> Operand<X> logDensity(Operand<X> latents, PartTensors<X> own) {
            return new StandardGaussian().logDensity(latents, own);
        }

        @Override
        default float[] draw(int count, int latent, NamedTensors own, RandomStreams streams, Purpose purpose) {
            return new StandardGaussian().draw(count, latent, own, streams, purpose);
        }
    }

    /** Forgets a constant. */
    public record Unnormalized() implements AsStandard {
        @Override
        public <X> Operand<X> logDensity(Operand<X> latents, PartTensors<X> own) {
            return AsStandard.super.logDensity(latents, own).plus(0.5);
        }
    }

    /** Draws from a wider distribution than its own. */
    public record WideDraws() implements AsStandard {
        @Override
        public float[] draw(int count, int latent, NamedTensors own, RandomStreams streams, Purpose purpose) {
            float[] draws = AsStandard.super.draw(count, latent, own, streams, purpose);
            for (int index = 0; index < draws.length; index++) {
                draws[index] *= 1.1f;
            }
            return draws;
        }
    }

    /** Makes latents of a wider distribution of noise. */
    public record WideSamples() implements AsStandard {
        @Override
        public boolean reparameterized() {
            return true;
        }

        @Override
        public <X> Operand<X> sample(Operand<X> noise, PartTensors<X> own) {
            return noise.times(1.1);
        }
    }

    /** Begins with the last draw. */
    public record LastDrawsFirst() implements AsStandard {
        @Override
        public float[] draw(int count, int latent, NamedTensors own, RandomStreams streams, Purpose purpose) {
            float[] draws = AsStandard.super.draw(count, latent, own, streams, purpose);
            float[] reversed = new float[draws.length];
            for (int index = 0; index < draws.length; index++) {
                reversed[index] = draws[draws.length - 1 - index];
            }
            return reversed;
        }
    }

    /** Averages over dimensions. */
    public record MeanOfDimensions() implements AsStandard {
        @Override
        public <X> Operand<X> divergenceParts(Posterior<Operand<X>> posterior, Operand<X> latents, PartTensors<X> own) {
            return divergence(posterior, latents, own).over(latents.size(1)).reshape(latents.size(0), 1);
        }
    }

    /** Has the divergence of another prior. */
    public record TwiceTheDivergence() implements AsStandard {
        @Override
        public <X> Operand<X> divergence(Posterior<Operand<X>> posterior, Operand<X> latents, PartTensors<X> own) {
            return AsStandard.super.divergence(posterior, latents, own).times(2);
        }
    }
}
