package dev.vaelab.api.tensor;

/** What a tensor of the model is for; it decides its initial value and whether the optimizer touches it. */
public enum TensorRole {
    /** Weight or bias of a convolution, a transposed convolution or a linear layer: uniform in a range of its size. */
    UNIFORM(true),
    /**
     * Bias of a convolution that a batch normalization follows: it begins as others do, and is not learned.
     *
     * <p>The normalization subtracts the mean of the batch and the bias with it, so that the derivative of the loss by the
     * bias is exactly zero. An engine that computes it gets rounding instead, which Adam blows up to steps of the full
     * learning rate in random directions. Every engine reports exactly zero, and nothing changes the bias but weight decay.
     */
    ABSORBED(true),
    /** Scale of a batch normalization: 1. */
    SCALE(true),
    /** Shift of a batch normalization: 0. */
    SHIFT(true),
    /** Tensor of a part that begins at 0. */
    ZERO(true),
    /** Tensor of a part that begins as standard normal noise. */
    NORMAL(true),
    /** Running mean of a batch normalization: 0, moved by the forward pass. */
    RUNNING_MEAN(false),
    /** Running (unbiased) variance of a batch normalization: 1, moved by the forward pass. */
    RUNNING_VARIANCE(false);

    private final boolean trainable;

    TensorRole(boolean trainable) {
        this.trainable = trainable;
    }

    /** Whether the optimizer changes it. */
    public boolean trainable() {
        return trainable;
    }
}
