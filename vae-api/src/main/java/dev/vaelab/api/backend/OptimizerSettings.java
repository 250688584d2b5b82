package dev.vaelab.api.backend;

/**
 * Adam (D. P. Kingma and J. Ba, 2014, arXiv:1412.6980, algorithm 1), as PyTorch computes it: with step t counted from 1,
 * weight -= learningRate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon). The learning rate comes with each
 * step.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added outside the bias-corrected root
 */
public record OptimizerSettings(double beta1, double beta2, double epsilon) {
    /** The recipe's: 0.9, 0.999, 1e-8. */
    public static final OptimizerSettings ADAM = new OptimizerSettings(0.9, 0.999, 1e-8);
}
