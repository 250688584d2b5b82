package dev.vaelab.api.backend;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Decoder;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.weights.NamedTensors;

/**
 * A variational autoencoder inside an engine: its seams, one training step, weights and optimizer state in and out.
 *
 * <p>Evaluation, generation and encoding go through the seams; {@link #step} is the only thing that learns, and goes
 * through the same seams. A model is used by one thread at a time. After {@link #close()} every other method throws
 * {@link IllegalStateException}.
 *
 * <p>The same calls with the same data and the same number of threads give the same results, bit for bit.
 *
 * @param <T> the engine's tensor
 */
public interface VaeModel<T> extends AutoCloseable {
    /** The sizes that it was made with. */
    Architecture architecture();

    /** Images to posterior. */
    Encoder<T> encoder();

    /** Posterior and noise to latents. */
    Sampler<T> sampler();

    /** Latents to logits. */
    Decoder<T> decoder();

    /** Logits, images and posterior to the two terms of each image. */
    Loss<T> loss();

    /** Opens a stretch of work with tensors of this engine; the caller closes it before the model. */
    TensorScope<T> openScope();

    /**
     * One training step: forward pass in {@link dev.vaelab.api.model.Phase#TRAINING}, gradients of reconstruction + beta *
     * KL averaged over the batch, one update of the optimizer. The running statistics move.
     *
     * @return the loss terms before the update; NaN or infinite if the model has diverged
     * @throws IllegalArgumentException if the batch does not fit the architecture
     */
    Figures step(Batch batch, StepSettings settings);

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

    /** Frees everything native. A second call does nothing. */
    @Override
    void close();
}
