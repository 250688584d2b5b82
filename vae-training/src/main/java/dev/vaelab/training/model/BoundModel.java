package dev.vaelab.training.model;

import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.TensorOperations;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The parts of a model bound to its networks and to their tensors, for one computation.
 *
 * @param <X> tensors of an engine, or variables of a tape
 */
final class BoundModel<X> implements VariationalModel<X> {
    private final TensorOperations<X> operations;
    private final Objective objective;
    private final IntSupplier trainingImages;
    private final Function<String, X> tensors;
    private final Phase phase;
    private final Condition condition;
    private final Function<X, List<X>> encoder;
    private final Function<X, List<X>> decoder;
    private final Function<Supplier<Posterior<X>>, Posterior<X>> keeping;
    private Posterior<Operand<X>> ofPseudoInputs;

    /**
     * Binds parts.
     *
     * @param operations of the tensors
     * @param objective the parts
     * @param trainingImages how many images the model is trained on; asked for by losses that need it
     * @param tensors of the parts by their canonical names
     * @param phase what the computation is for: in training, a network is run once
     * @param condition labels of the images of the computation
     * @param encoder from images, and what is known of them, to mean and log-variance
     * @param decoder from latents, and what is known of their images, to logits
     * @param keeping asked in evaluation only: gives the posterior of pseudo-inputs that was computed earlier with the same weights,
     *     or computes it
     */
    BoundModel(
            TensorOperations<X> operations,
            Objective objective,
            IntSupplier trainingImages,
            Function<String, X> tensors,
            Phase phase,
            Condition condition,
            Function<X, List<X>> encoder,
            Function<X, List<X>> decoder,
            Function<Supplier<Posterior<X>>, Posterior<X>> keeping) {
        this.operations = operations;
        this.objective = objective;
        this.trainingImages = trainingImages;
        this.tensors = tensors;
        this.phase = phase;
        this.condition = condition;
        this.encoder = encoder;
        this.decoder = decoder;
        this.keeping = keeping;
    }

    /** In training, pseudo-inputs of the prior go behind the images, as one batch. In evaluation no image depends on others. */
    @Override
    public Posterior<Operand<X>> encode(Operand<X> images) {
        Optional<Operand<X>> pseudoInputs = phase == Phase.TRAINING ? pseudoInputs() : Optional.empty();
        if (pseudoInputs.isEmpty()) {
            return run(images);
        }
        int count = images.size(0);
        Posterior<Operand<X>> all = run(images.concatenate(0, List.of(pseudoInputs.get())));
        ofPseudoInputs = rows(all, count, count + pseudoInputs.get().size(0));
        return rows(all, 0, count);
    }

    private Posterior<Operand<X>> run(Operand<X> images) {
        List<X> outputs = encoder.apply(condition.withImages(images).value());
        return new Posterior<>(operand(outputs.get(0)), operand(outputs.get(1)));
    }

    private static <X> Posterior<Operand<X>> rows(Posterior<Operand<X>> posterior, int from, int to) {
        return new Posterior<>(
                posterior.mean().slice(0, from, to), posterior.logVariance().slice(0, from, to));
    }

    private Optional<Operand<X>> pseudoInputs() {
        Prior prior = objective.prior();
        return prior.pseudoInputCount() > 0 ? prior.pseudoInputs(of("prior.")) : Optional.empty();
    }

    /** The posterior of the prior's pseudo-inputs; nothing for a prior that has none. */
    Optional<Posterior<Operand<X>>> posteriorOfPseudoInputs() {
        if (ofPseudoInputs == null) {
            Optional<Operand<X>> pseudoInputs = pseudoInputs();
            if (pseudoInputs.isPresent() && phase == Phase.TRAINING) {
                throw new IllegalStateException("the prior " + objective.prior().name()
                        + " is asked for before images are encoded, behind which its pseudo-inputs are");
            }
            ofPseudoInputs = pseudoInputs.map(this::kept).orElse(null);
        }
        return Optional.ofNullable(ofPseudoInputs);
    }

    private Posterior<Operand<X>> kept(Operand<X> pseudoInputs) {
        Posterior<X> posterior = keeping.apply(() -> {
            Posterior<Operand<X>> encoded = run(pseudoInputs);
            return new Posterior<>(encoded.mean().value(), encoded.logVariance().value());
        });
        return new Posterior<>(operand(posterior.mean()), operand(posterior.logVariance()));
    }

    @Override
    public Operand<X> sample(Posterior<Operand<X>> posterior, Operand<X> noise) {
        return objective.sampler().sample(posterior, noise, of("sampler."));
    }

    @Override
    public Operand<X> decode(Operand<X> latents) {
        return operand(decoder.apply(condition.withLatents(latents).value()).get(0));
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
        return objective.prior().logDensity(latents, ofPrior());
    }

    @Override
    public Operand<X> divergence(Posterior<Operand<X>> posterior, Operand<X> latents) {
        return objective.prior().divergence(posterior, latents, ofPrior());
    }

    @Override
    public Operand<X> divergenceParts(Posterior<Operand<X>> posterior, Operand<X> latents) {
        return objective.prior().divergenceParts(posterior, latents, ofPrior());
    }

    @Override
    public Operand<X> samplePrior(Operand<X> noise) {
        return objective.prior().sample(noise, ofPrior());
    }

    @Override
    public int trainingImages() {
        return trainingImages.getAsInt();
    }

    @Override
    public PartTensors<X> own() {
        return of("loss.");
    }

    /** Those that it has, and the posterior of its pseudo-inputs. */
    private PartTensors<X> ofPrior() {
        PartTensors<X> own = of("prior.");
        return name -> switch (name) {
            case Prior.PSEUDO_MEANS -> requirePseudoInputs().mean();
            case Prior.PSEUDO_LOG_VARIANCES -> requirePseudoInputs().logVariance();
            default -> own.get(name);
        };
    }

    private Posterior<Operand<X>> requirePseudoInputs() {
        return posteriorOfPseudoInputs()
                .orElseThrow(() -> new IllegalStateException("the prior "
                        + objective.prior().name()
                        + " asks for the posteriors of pseudo-inputs, and has not said that it"
                        + " has some: see Prior.pseudoInputCount"));
    }

    private PartTensors<X> of(String prefix) {
        return name -> operand(tensors.apply(prefix + name));
    }

    /** A tensor together with its operations. */
    Operand<X> operand(X tensor) {
        return new Operand<>(operations, tensor);
    }
}
