package dev.vaelab.api.model;

/** What pixels a {@link Likelihood} is a distribution of, so that its logarithm can be said in bits. */
public enum PixelValues {
    /**
     * Black and white: the likelihood is a probability. It can be computed of grey pixels, too, but there it is neither a probability
     * nor a density (G. Loaiza-Ganem and J. P. Cunningham, <em>The continuous Bernoulli</em>, 2019, section 3).
     */
    BINARY,
    /** Intensities in [0,1]: the likelihood is a density. */
    CONTINUOUS
}
