package dev.vaelab.testkit;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Posterior;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Mistakes that backends make in the seams and in the scopes that their tensors live in. */
final class SeamSabotages {
    private SeamSabotages() {}

    /** A model whose seams are tampered with: they need the scope that tensors of the engine are made in. */
    private abstract static class Tampered<T> extends DelegatingModel<T> {
        private TensorScope<T> scope;

        Tampered(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public TensorScope<T> openScope() {
            scope = super.openScope();
            return scope;
        }

        /** A tensor with each of its values changed. */
        final T changed(T tensor, UnaryOperator<Float> change, int... shape) {
            float[] values = scope.download(tensor);
            for (int index = 0; index < values.length; index++) {
                values[index] = change.apply(values[index]);
            }
            return scope.upload(values, shape);
        }

        final int count(T tensor) {
            return scope.download(tensor).length;
        }
    }

    /** The loss takes the logarithm of a sigmoid that float32 rounds to 0 or 1, and holds it off from there. */
    static final class LossThroughSigmoid<T> extends Tampered<T> {
        /** Where float32's sigmoid becomes 1. */
        private static final float SATURATION = 16.6f;

        LossThroughSigmoid(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public T logLikelihood(T images, T logits) {
            ImageShape shape = architecture().image();
            return super.logLikelihood(
                    images,
                    changed(
                            logits,
                            logit -> Math.max(-SATURATION, Math.min(SATURATION, logit)),
                            count(logits) / shape.size(),
                            shape.channels(),
                            shape.height(),
                            shape.width()));
        }
    }

    /** The loss gives the KL term with the sign with which the ELBO has it. */
    static final class KlOfElbo<T> extends Tampered<T> {
        KlOfElbo(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public T divergence(Posterior<T> posterior, T latents) {
            T kl = super.divergence(posterior, latents);
            return changed(kl, value -> -value, count(kl));
        }
    }

    /** The sampler gives the mean, outside of training steps. */
    static final class MeanForSample<T> extends DelegatingModel<T> {
        MeanForSample(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public T sample(Posterior<T> posterior, T noise) {
            return posterior.mean();
        }
    }

    /** The sampler takes the log-variance for that of the deviation. */
    static final class VarianceForDeviation<T> extends Tampered<T> {
        VarianceForDeviation(VaeModel<T> delegate) {
            super(delegate);
        }

        @Override
        public T sample(Posterior<T> posterior, T noise) {
            int latent = architecture().latent();
            return super.sample(
                    new Posterior<>(
                            posterior.mean(),
                            changed(
                                    posterior.logVariance(),
                                    logVariance -> 2 * logVariance,
                                    count(posterior.logVariance()) / latent,
                                    latent)),
                    noise);
        }
    }

    /** What opens scopes with a mistake. */
    @FunctionalInterface
    interface ScopeSabotage {
        <T> TensorScope<T> spoil(TensorScope<T> scope);
    }

    /** A sabotage of the models' scopes only. */
    static SabotagedBackend.Sabotage scopes(ScopeSabotage sabotage) {
        return new SabotagedBackend.Sabotage() {
            @Override
            public <T> VaeModel<T> spoil(VaeModel<T> model) {
                return new DelegatingModel<>(model) {
                    @Override
                    public TensorScope<T> openScope() {
                        return sabotage.spoil(super.openScope());
                    }
                };
            }
        };
    }

    /** Too few values are filled up with zeros, too many are cut off. */
    static final class Padding<T> extends DelegatingScope<T> {
        Padding(TensorScope<T> delegate) {
            super(delegate);
        }

        @Override
        public T upload(float[] values, int... shape) {
            return super.upload(Arrays.copyOf(values, IntStream.of(shape).reduce(1, Math::multiplyExact)), shape);
        }
    }

    /** Numbers too small for a full mantissa become zero on their way. */
    static final class DenormalsFlushed<T> extends DelegatingScope<T> {
        DenormalsFlushed(TensorScope<T> delegate) {
            super(delegate);
        }

        @Override
        public T upload(float[] values, int... shape) {
            float[] flushed = values.clone();
            for (int index = 0; index < flushed.length; index++) {
                flushed[index] = Math.abs(flushed[index]) < Float.MIN_NORMAL ? 0 : flushed[index];
            }
            return super.upload(flushed, shape);
        }
    }

    /** Uploaded arrays are read where they lie, whenever somebody asks. */
    static final class UploadShared<T> extends DelegatingScope<T> {
        private final Map<T, float[]> uploaded = new IdentityHashMap<>();

        UploadShared(TensorScope<T> delegate) {
            super(delegate);
        }

        @Override
        public T upload(float[] values, int... shape) {
            T tensor = super.upload(values, shape);
            uploaded.put(tensor, values);
            return tensor;
        }

        @Override
        public float[] download(T tensor) {
            float[] shared = uploaded.get(tensor);
            return shared == null ? super.download(tensor) : shared.clone();
        }
    }

    /** A second close fails. */
    static final class ClosedOnce<T> extends DelegatingScope<T> {
        private boolean closed;

        ClosedOnce(TensorScope<T> delegate) {
            super(delegate);
        }

        @Override
        public void close() {
            if (closed) {
                throw new IllegalStateException("the scope is closed");
            }
            closed = true;
            super.close();
        }
    }

    /** A closed scope goes on working. */
    static final class NeverClosed<T> extends DelegatingScope<T> {
        NeverClosed(TensorScope<T> delegate) {
            super(delegate);
        }

        @Override
        public void close() {
            // The sabotage: the delegate stays open.
        }
    }
}
