package dev.vaelab.api.backend;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Decoder;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.weights.NamedTensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A variational autoencoder inside an engine: its networks and other parts, one training step, weights and optimizer state in and out.
 *
 * <p>{@link #step} is the only thing that learns. A model is used by one thread at a time. After {@link #close()} every other method throws
 * {@link IllegalStateException}.
 *
 * <p>The same calls with the same data and the same number of threads give the same results, bit for bit.
 *
 * @param <T> the engine's tensor
 */
public interface VaeModel<T> extends AutoCloseable {
    /** The networks that it was made with. */
    Architecture architecture();

    /**
     * Images to posterior.
     *
     * @param labels of the images that it is to encode, from 0 to {@link Architecture#classes()} - 1; a model that is not
     *     conditional looks at none
     */
    Encoder<T> encoder(int... labels);

    /**
     * Latents to logits.
     *
     * @param labels of the rows of latents, as those of images
     */
    Decoder<T> decoder(int... labels);

    /**
     * Draws latents, see {@link dev.vaelab.api.model.Sampler}.
     *
     * @param noise standard normal noise, [images, latent]
     * @return [images, latent]
     */
    T sample(Posterior<T> posterior, T noise);

    /** log p(x|z) of each image in nats, see {@link dev.vaelab.api.model.Likelihood#logDensity}. */
    T logLikelihood(T images, T logits);

    /** The images that logits stand for, see {@link dev.vaelab.api.model.Likelihood#mean}. */
    T expectedImages(T logits);

    /** KL(q(z|x) || p(z)) of each image in nats, see {@link dev.vaelab.api.model.Prior#divergence}. */
    T divergence(Posterior<T> posterior, T latents);

    /** log p(z) of each row of latents in nats, see {@link dev.vaelab.api.model.Prior#logDensity}. */
    T logPrior(T latents);

    /**
     * Networks, in {@link dev.vaelab.api.network.Phase#EVALUATION}, and parts as a loss sees them: formulas beside the loss are made
     * of it.
     *
     * @param labels of the images, as {@link #encoder} has them
     */
    VariationalModel<T> evaluated(int... labels);

    /** The arithmetic of the engine that the model is on. */
    TensorOperations<T> operations();

    /** Latents that the loss draws for each image. */
    int samples();

    /** Vectors of noise that a batch has for each image: those of its latents, and what else the loss draws from. */
    default int noiseVectors() {
        return samples();
    }

    /** Values of noise that a batch needs for each image. */
    default int noisePerImage() {
        return architecture().latent() * noiseVectors();
    }

    /**
     * Draws latents from the prior, see {@link dev.vaelab.api.model.Prior#draw}.
     *
     * @return count vectors one after the other
     */
    float[] drawFromPrior(int count, RandomStreams streams, Purpose purpose);

    /** Opens a stretch of work with tensors of this engine; the caller closes it before the model. */
    TensorScope<T> openScope();

    /**
     * The loss of each image of a batch, in {@link dev.vaelab.api.network.Phase#EVALUATION}; changes nothing.
     *
     * @param beta weight of the KL term
     * @return for each of the loss's terms, and for {@code loss}, a value for each image, in nats
     * @throws IllegalArgumentException if the batch does not fit the architecture
     */
    Map<String, float[]> evaluate(Batch batch, double beta);

    /**
     * One training step: forward pass in {@link dev.vaelab.api.network.Phase#TRAINING}, gradients of the mean loss over the
     * batch, one update of the optimizer. The running statistics move.
     *
     * @return the loss terms before the update; NaN or infinite if the model has diverged
     * @throws IllegalArgumentException if the batch does not fit the architecture
     */
    Figures step(Batch batch, StepSettings settings);

    /**
     * One training step on several batches, one after the other, of which only one at a time is in the engine: the gradients of
     * the mean loss over all of their images, one update of the optimizer. Without batch normalization, and with a loss that
     * looks at each image for itself, that is the step on one batch of all images. With batch normalization each batch is
     * normalized for itself, and the running statistics move with each.
     *
     * @param batches at least one; each counts by its images
     * @return the loss terms before the update, means over all images
     * @throws IllegalArgumentException if a batch does not fit the architecture
     */
    Figures step(List<Batch> batches, StepSettings settings);

    /**
     * The gradients that {@link #step} would apply; changes neither weights nor running statistics nor optimizer state.
     *
     * @param beta weight of the KL term
     * @throws IllegalArgumentException if the batch does not fit the architecture
     */
    Gradients gradients(Batch batch, double beta);

    /** A copy of every tensor of the architecture, in canonical order. */
    NamedTensors weights();

    /**
     * Replaces every tensor of the model and keeps the optimizer state.
     *
     * @throws dev.vaelab.api.InvalidInputException if the tensors are not exactly those of the architecture; the
     *     problems are placed at {@code weights}
     */
    void loadWeights(NamedTensors weights);

    /** A copy of what the optimizer remembers. */
    OptimizerState optimizerState();

    /**
     * Replaces what the optimizer remembers.
     *
     * @throws dev.vaelab.api.InvalidInputException if {@link OptimizerState#requireFits} finds something
     */
    void loadOptimizerState(OptimizerState state);

    /**
     * A copy of the moving average of every tensor of the architecture, in canonical order; nothing if the model keeps none.
     *
     * @see dev.vaelab.api.experiment.AverageConfig
     */
    Optional<NamedTensors> averagedWeights();

    /**
     * Replaces the moving average, and nothing else.
     *
     * @throws IllegalStateException if the model keeps none
     * @throws dev.vaelab.api.InvalidInputException if the tensors are not exactly those of the architecture; the problems are
     *     placed at {@code average}
     */
    void loadAveragedWeights(NamedTensors average);

    /** Frees everything native. A second call does nothing. */
    @Override
    void close();
}
