package dev.vaelab.training.likelihood;

/**
 * What the importance weights w = p(x|z) p(z) / q(z|x) of one image say of it.
 *
 * @param logLikelihood log (1/K sum of w) in nats, a lower bound of log p(x) that is tight for large K (Y. Burda, R. Grosse and R.
 *     Salakhutdinov, <em>Importance Weighted Autoencoders</em>, 2016, equation 8 and section 5)
 * @param elbo the mean of log w in nats: the ELBO, estimated by the same K latents
 * @param variance of {@code logLikelihood} over other draws of the latents, in nats^2: the relative variance of the mean weight (the
 *     delta method); 0 for one latent, which does not tell. Too small where few latents outweigh all others, as {@code effectiveSamples} tells:
 *     behind a posterior narrower than the prior, weights may have no finite variance
 * @param effectiveSamples (sum of w)^2 / sum of w^2 (A. Kong, 1992): of K when all weigh the same, near 1 when one outweighs all
 *     others and the bound is loose
 */
public record ImageLikelihood(double logLikelihood, double elbo, double variance, double effectiveSamples) {}
