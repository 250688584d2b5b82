package dev.vaelab.training.part;

import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.tensor.Operand;

/**
 * The negative evidence lower bound: -log p(x|z) + beta * KL(q(z|x) || p(z)), with one latent of each image.
 *
 * <p>Source: D. P. Kingma and M. Welling, <em>Auto-Encoding Variational Bayes</em>, 2014, equation 3; beta: I. Higgins et al.,
 * <em>beta-VAE</em>, 2017, equation 4.
 */
public record Elbo() implements Loss {
    @Override
    public String name() {
        return "elbo";
    }

    @Override
    public String description() {
        return "the evidence lower bound, with beta (Kingma and Welling 2014, Higgins et al. 2017)";
    }

    @Override
    public <X> LossTerms<X> compute(VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
        Posterior<Operand<X>> posterior = model.encode(images);
        Operand<X> latents = model.sample(posterior, noise);
        Operand<X> reconstruction =
                model.logLikelihood(images, model.decode(latents)).negated();
        Operand<X> kl = model.divergence(posterior, latents);
        return LossTerms.of(reconstruction, kl, reconstruction.plus(kl.times(beta)));
    }
}
