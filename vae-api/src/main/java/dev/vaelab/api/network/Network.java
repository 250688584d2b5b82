package dev.vaelab.api.network;

import dev.vaelab.api.weights.NamedTensors;
import java.util.List;

/**
 * A network inside an engine: its tensors, and passes through it.
 *
 * <p>There is one that is composed of {@link dev.vaelab.api.tensor.TensorOperations}. An engine that does better with a network as
 * a whole gives one of its own, see {@link dev.vaelab.api.backend.Engine#network}: it may keep the tensors in whatever layout and
 * grouping it likes, as an optimizer, which works element by element, does not care.
 *
 * @param <T> the engine's tensor
 */
public interface Network<T> extends AutoCloseable {
    /**
     * What an optimizer changes, in the engine's own layout: variables of the engine, always the same ones. Biases of the role
     * {@link dev.vaelab.api.tensor.TensorRole#ABSORBED} are among them.
     */
    List<T> parameters();

    /**
     * Copies tensors out of the engine under their canonical names, in canonical order.
     *
     * @param parameters tensors of the layout and grouping of {@link #parameters()}: they themselves, their gradients, what an
     *     optimizer remembers of them
     */
    NamedTensors read(List<T> parameters);

    /**
     * Copies tensors into variables of the layout of {@link #parameters()}.
     *
     * @param tensors all trainable tensors of the network, which the caller has checked; others are not looked at
     */
    void write(NamedTensors tensors, List<T> parameters);

    /** Running statistics under their canonical names, in canonical order. */
    NamedTensors statistics();

    /**
     * Replaces the running statistics.
     *
     * @param tensors all of them, which the caller has checked; others are not looked at
     */
    void writeStatistics(NamedTensors tensors);

    /**
     * Runs the network.
     *
     * @param input [images, ...]; belongs to an open scope
     * @param phase what batch normalization is to do
     * @return the pass; in {@link Phase#EVALUATION} it cannot go backward
     */
    Pass<T> forward(T input, Phase phase);

    /** Frees its tensors. */
    @Override
    void close();

    /**
     * A pass through the network. It is good for as long as the scope that it began in is open and no other pass has begun.
     *
     * @param <T> the engine's tensor
     */
    interface Pass<T> {
        /** What comes out, each [images, ...]; the tensors belong to the innermost scope. */
        List<T> outputs();

        /**
         * Differentiates by parameters and input. Called once.
         *
         * @param outputGradients derivative of an objective by each output
         * @param inputNeeded whether the derivative by the input is asked for
         */
        Derivatives<T> backward(List<T> outputGradients, boolean inputNeeded);
    }

    /**
     * Derivatives of an objective; they hold until the scope closes or the next pass begins.
     *
     * @param input by the input; null if it was not asked for
     * @param parameters by each of {@link #parameters()}, in their layout; exactly zero where the role is {@link
     *     dev.vaelab.api.tensor.TensorRole#ABSORBED}
     * @param <T> the engine's tensor
     */
    record Derivatives<T>(T input, List<T> parameters) {}
}
