package dev.vaelab.api.backend;

/** What a backend may be able to do beyond the model, the Bernoulli likelihood and Adam, which each one must. */
public enum Capability {
    /** Images of more than one channel. */
    COLOUR_IMAGES("images of more than one channel"),
    /** {@link Likelihood.Gaussian}. */
    GAUSSIAN_LIKELIHOOD("the Gaussian likelihood (mse)"),
    /** {@link OptimizerSettings.Sgd}. */
    SGD("stochastic gradient descent (sgd)"),
    /** The weight decay of {@link OptimizerSettings.Adam}. */
    WEIGHT_DECAY("Adam with weight decay (adamw)"),
    /** {@link ModelRequest#clipNorm()}. */
    GRADIENT_CLIPPING("clipping of gradients by their norm (clipNorm)");

    private final String description;

    Capability(String description) {
        this.description = description;
    }

    /** The capability in words, as they follow "does not support". */
    public String description() {
        return description;
    }
}
