package dev.vaelab.api.network;

/**
 * What a forward pass is for; it decides what batch normalization does.
 *
 * <p>Source: S. Ioffe and C. Szegedy, <em>Batch Normalization</em>, 2015, arXiv:1502.03167, algorithms 1 and 2.
 */
public enum Phase {
    /**
     * Batch normalization uses the mean and the biased variance of the batch and moves the running statistics: running =
     * 0.9 running + 0.1 batch, with the unbiased variance.
     */
    TRAINING,
    /** Batch normalization uses the running statistics and changes nothing. */
    EVALUATION
}
