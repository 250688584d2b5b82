package dev.vaelab.testkit;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.Elbo;
import dev.vaelab.training.part.GaussianMixture;
import dev.vaelab.training.part.ImportanceWeighted;
import dev.vaelab.training.part.InformationMaximizing;
import dev.vaelab.training.part.LearnedGaussian;
import dev.vaelab.training.part.StandardGaussian;
import dev.vaelab.training.part.VampPrior;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mistakes in the formulas of parts. Those are written once, so that every engine and the reference have them alike: the numbers
 * of PyTorch are what notices them.
 */
final class PartSabotages {
    private PartSabotages() {}

    /** The importance-weighted bound with the mean of the logarithms in place of the logarithm of the mean. */
    static Objective meanOfLogWeights(Objective objective) {
        return objective.loss() instanceof ImportanceWeighted weighted
                ? new Objective(
                        new MeanOfLogWeights(weighted), objective.likelihood(), objective.prior(), objective.sampler())
                : objective;
    }

    /** The doubly reparameterized gradient with one factor of the importance weights in place of two. */
    static Objective oneFactorOfWeights(Objective objective) {
        return objective.loss() instanceof ImportanceWeighted weighted && weighted.gradient() != null
                ? new Objective(
                        new ImportanceWeighted(weighted.samples()),
                        objective.likelihood(),
                        objective.prior(),
                        objective.sampler())
                : objective;
    }

    /** The free bits of each image in place of those of the mean over the batch. */
    static Objective freeBitsOfImages(Objective objective) {
        return objective.loss() instanceof Elbo elbo && elbo.freeBits() != null
                ? new Objective(
                        new FreeBitsOfImages(elbo), objective.likelihood(), objective.prior(), objective.sampler())
                : objective;
    }

    /** Minibatch-weighted sampling without the number of images that the batch is drawn from. */
    static ModelRequest imagesForgotten(ModelRequest request) {
        return request.withTrainingImages(() -> 1);
    }

    /** The pseudo-inputs as they are learned, without a sigmoid. */
    static Objective unboundedPseudoInputs(Objective objective) {
        return objective.prior() instanceof VampPrior vamp
                ? new Objective(
                        objective.loss(), objective.likelihood(), new UnboundedPseudoInputs(vamp), objective.sampler())
                : objective;
    }

    /** The noise of the latents taken for that of the prior's draws as well. */
    static Objective sameNoise(Objective objective) {
        return objective.prior() instanceof StandardGaussian && objective.loss() instanceof InformationMaximizing info
                ? new Objective(new SameNoise(info), objective.likelihood(), objective.prior(), objective.sampler())
                : objective;
    }

    /** The mixture prior with weights that do not add up to 1. */
    static Objective unnormalizedMixture(Objective objective) {
        return objective.prior() instanceof GaussianMixture mixture
                ? new Objective(
                        objective.loss(), objective.likelihood(), new UnnormalizedMixture(mixture), objective.sampler())
                : objective;
    }

    /** The learned variance taken for the deviation. */
    static Objective learnedDeviation(Objective objective) {
        return objective.likelihood() instanceof LearnedGaussian gaussian
                ? new Objective(
                        objective.loss(), new LearnedDeviation(gaussian), objective.prior(), objective.sampler())
                : objective;
    }

    /** The ELBO with several latents, which is the mean of the logarithms of the weights. */
    private record MeanOfLogWeights(ImportanceWeighted right) implements Loss {
        @Override
        public String name() {
            return right.name();
        }

        @Override
        public String description() {
            return right.description();
        }

        @Override
        public int samples() {
            return right.samples();
        }

        @Override
        public <X> LossTerms<X> compute(
                VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
            Map<String, Operand<X>> terms =
                    right.compute(model, images, noise, beta).terms();
            Operand<X> reconstruction = terms.get(LossTerms.RECONSTRUCTION);
            Operand<X> kl = terms.get(LossTerms.KL);
            Operand<X> bound = reconstruction.plus(kl.times(beta));
            return LossTerms.of(reconstruction, kl, bound).with(ImportanceWeighted.BOUND, bound);
        }
    }

    /** The larger of the KL and the free bits before the mean is taken. */
    private record FreeBitsOfImages(Elbo right) implements Loss {
        @Override
        public String name() {
            return right.name();
        }

        @Override
        public String description() {
            return right.description();
        }

        @Override
        public <X> LossTerms<X> compute(
                VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
            Posterior<Operand<X>> posterior = model.encode(images);
            Operand<X> latents = model.sample(posterior, noise);
            Operand<X> reconstruction =
                    model.logLikelihood(images, model.decode(latents)).negated();
            Operand<X> groups = model.divergenceParts(posterior, latents);
            Operand<X> least = groups.number(right.freeBits());
            Operand<X> used = groups.greater(least).select(groups, least).sum(1);
            return LossTerms.of(
                    reconstruction, model.divergence(posterior, latents), reconstruction.plus(used.times(beta)));
        }
    }

    /** Reads the first vector of noise twice. */
    private record SameNoise(InformationMaximizing right) implements Loss {
        @Override
        public String name() {
            return right.name();
        }

        @Override
        public String description() {
            return right.description();
        }

        @Override
        public int extraNoise() {
            return right.extraNoise();
        }

        @Override
        public <X> LossTerms<X> compute(
                VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
            return right.compute(model, images, noise.ofEach(2, 0, 1).repeatEach(2), beta);
        }
    }

    /** Forgets the sigmoid. */
    private record UnboundedPseudoInputs(VampPrior right) implements Prior {
        @Override
        public String name() {
            return right.name();
        }

        @Override
        public String description() {
            return right.description();
        }

        @Override
        public List<TensorSpecification> tensors(ImageShape image, int latent) {
            return right.tensors(image, latent);
        }

        @Override
        public int pseudoInputCount() {
            return right.pseudoInputCount();
        }

        @Override
        public <X> Optional<Operand<X>> pseudoInputs(PartTensors<X> own) {
            return Optional.of(own.get("pseudo_inputs"));
        }

        @Override
        public <X> Operand<X> logDensity(Operand<X> latents, PartTensors<X> own) {
            return right.logDensity(latents, own);
        }

        @Override
        public float[] draw(int count, int latent, NamedTensors own, RandomStreams streams, Purpose purpose) {
            return right.draw(count, latent, own, streams, purpose);
        }
    }

    /** The exponential of the logits in place of their softmax. */
    private record UnnormalizedMixture(GaussianMixture right) implements Prior {
        @Override
        public String name() {
            return right.name();
        }

        @Override
        public String description() {
            return right.description();
        }

        @Override
        public List<TensorSpecification> tensors(ImageShape image, int latent) {
            return right.tensors(image, latent);
        }

        @Override
        public <X> Operand<X> logDensity(Operand<X> latents, PartTensors<X> own) {
            return right.logDensity(latents, own).plus(own.get("logits").logSumExp(0));
        }

        @Override
        public float[] draw(int count, int latent, NamedTensors own, RandomStreams streams, Purpose purpose) {
            return right.draw(count, latent, own, streams, purpose);
        }
    }

    /** Twice the logarithm. */
    private record LearnedDeviation(LearnedGaussian right) implements Likelihood {
        @Override
        public String name() {
            return right.name();
        }

        @Override
        public String description() {
            return right.description();
        }

        @Override
        public List<TensorSpecification> tensors(ImageShape image, int latent) {
            return right.tensors(image, latent);
        }

        @Override
        public <X> Operand<X> logDensity(Operand<X> images, Operand<X> logits, PartTensors<X> own) {
            return right.logDensity(images, logits, name -> own.get(name).times(2));
        }
    }

    /** The noise of the first latents of all images is expected first, then that of the second ones. */
    static final class SamplesApart<T> extends InputSabotages.OtherBatch<T> {
        SamplesApart(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public Map<String, float[]> evaluate(Batch batch, double beta) {
            return super.evaluate(other(batch), beta);
        }

        @Override
        Batch other(Batch batch) {
            if (samples() == 1) {
                return batch;
            }
            int latent = architecture().latent();
            float[] noise = new float[batch.noise().length];
            for (int row = 0; row < batch.count() * samples(); row++) {
                int other = row % samples() * batch.count() + row / samples();
                System.arraycopy(batch.noise(), other * latent, noise, row * latent, latent);
            }
            return new Batch(batch.count(), batch.images(), noise, batch.labels());
        }
    }
}
