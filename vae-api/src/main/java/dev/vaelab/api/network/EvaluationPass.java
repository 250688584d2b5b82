package dev.vaelab.api.network;

import java.util.List;

/**
 * A pass in {@link Phase#EVALUATION}, of which only what comes out is kept.
 *
 * @param outputs each [images, ...]
 * @param <T> the engine's tensor
 */
public record EvaluationPass<T>(List<T> outputs) implements Network.Pass<T> {
    /** @throws IllegalStateException always, as nothing was kept to go backward by */
    @Override
    public Network.Derivatives<T> backward(List<T> outputGradients, boolean inputNeeded) {
        throw new IllegalStateException("a pass in evaluation cannot go backward");
    }
}
