package dev.vaelab.training.parity;

import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.weights.NamedTensors;

/** The sizes by which differences are judged. */
public final class Scale {
    private Scale() {}

    /** Largest magnitude among the values. */
    public static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /**
     * Largest magnitude among weight and bias of the layer that a trainable tensor belongs to; of the tensor itself where it is
     * neither, but a tensor of another part of the model.
     *
     * <p>A tensor alone would not do: a bias before a batch normalization has a gradient that is exactly zero, and all that
     * an engine computes for it is the rounding of sums whose terms are of the size of the weight's gradient. A bias is
     * the weight of an input that is always 1, so that both are of one size where both count.
     */
    public static double ofLayer(NamedTensors tensors, String name) {
        if (!name.endsWith(".weight") && !name.endsWith(".bias")) {
            return largest(tensors.values(name));
        }
        String layer = name.substring(0, name.lastIndexOf('.'));
        return Math.max(largest(tensors.values(layer + ".weight")), largest(tensors.values(layer + ".bias")));
    }

    /** What the difference of a term of the loss is judged by, see {@link Aspect#TERMS}. */
    static double ofTerm(String name, double expected, Objective objective, int latent) {
        double least = switch (name) {
            case LossTerms.RECONSTRUCTION -> 0;
            case LossTerms.KL -> objective.prior().needsDraws() ? latent : 0;
            default -> 1;
        };
        return Math.max(Math.abs(expected), least);
    }
}
