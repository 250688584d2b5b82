package dev.vaelab.api.model;

import dev.vaelab.api.tensor.Operand;

/** What training minimizes, and the named terms that are reported of it. */
public interface Loss extends Part {
    /** Latents that are drawn for each image; 1 by default. */
    default int samples() {
        return 1;
    }

    /**
     * Computes the loss of each image. The one place where encode, sample, decode and compare are spelled out.
     *
     * @param model networks and parts
     * @param images pixels in [0,1], [images, channels, height, width]
     * @param noise standard normal noise, [images * {@link #samples}, latent], the samples of an image one behind the other
     * @param beta weight of the KL term (I. Higgins et al., <em>beta-VAE</em>, 2017), a scalar; 1 is the ELBO
     */
    <X> LossTerms<X> compute(VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta);
}
