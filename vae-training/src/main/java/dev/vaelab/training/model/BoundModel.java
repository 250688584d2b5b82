package dev.vaelab.training.model;

import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.TensorOperations;
import java.util.List;
import java.util.function.Function;

/**
 * The parts of a model bound to its networks and to their tensors.
 *
 * @param operations of the tensors
 * @param objective the parts
 * @param tensors of the parts by their canonical names
 * @param encoder from images to mean and log-variance
 * @param decoder from latents to logits
 * @param <X> tensors of an engine, or variables of a tape
 */
record BoundModel<X>(
        TensorOperations<X> operations,
        Objective objective,
        Function<String, X> tensors,
        Function<X, List<X>> encoder,
        Function<X, List<X>> decoder)
        implements VariationalModel<X> {
    @Override
    public Posterior<Operand<X>> encode(Operand<X> images) {
        List<X> outputs = encoder.apply(images.value());
        return new Posterior<>(operand(outputs.get(0)), operand(outputs.get(1)));
    }

    @Override
    public Operand<X> sample(Posterior<Operand<X>> posterior, Operand<X> noise) {
        return objective.sampler().sample(posterior, noise, of("sampler."));
    }

    @Override
    public Operand<X> decode(Operand<X> latents) {
        return operand(decoder.apply(latents.value()).get(0));
    }

    @Override
    public Operand<X> logLikelihood(Operand<X> images, Operand<X> logits) {
        return objective.likelihood().logDensity(images, logits, of("likelihood."));
    }

    /** The images that logits stand for. */
    Operand<X> expectedImages(Operand<X> logits) {
        return objective.likelihood().mean(logits, of("likelihood."));
    }

    @Override
    public Operand<X> logPrior(Operand<X> latents) {
        return objective.prior().logDensity(latents, of("prior."));
    }

    @Override
    public Operand<X> divergence(Posterior<Operand<X>> posterior, Operand<X> latents) {
        return objective.prior().divergence(posterior, latents, of("prior."));
    }

    @Override
    public Operand<X> divergenceParts(Posterior<Operand<X>> posterior, Operand<X> latents) {
        return objective.prior().divergenceParts(posterior, latents, of("prior."));
    }

    @Override
    public PartTensors<X> own() {
        return of("loss.");
    }

    private PartTensors<X> of(String prefix) {
        return name -> operand(tensors.apply(prefix + name));
    }

    /** A tensor together with its operations. */
    Operand<X> operand(X tensor) {
        return new Operand<>(operations, tensor);
    }
}
