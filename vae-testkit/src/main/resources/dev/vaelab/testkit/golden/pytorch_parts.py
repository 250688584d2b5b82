"""What a model has beside its networks, in PyTorch: likelihoods, priors, samplers and losses, by the names that files have.

Written from the papers, with the densities and divergences of torch.distributions, and not from the project's Java: it is the
witness for that. Samples come first, as torch.distributions has them: latents are [samples, images, latent].
"""

import math

import torch
from torch import nn
from torch.distributions import (
    Bernoulli,
    Categorical,
    ContinuousBernoulli,
    Independent,
    MixtureSameFamily,
    Normal,
    kl_divergence,
)

IMAGE_DIMENSIONS = 3


def gaussian(mean, log_variance):
    """With a diagonal covariance, over vectors."""
    return Independent(Normal(mean, torch.exp(log_variance / 2)), 1)


class BernoulliPixels(nn.Module):
    """D. P. Kingma and M. Welling, Auto-Encoding Variational Bayes, 2014, appendix C.1. Pixels are anything in [0,1]."""

    def forward(self, logits):
        return Independent(Bernoulli(logits=logits, validate_args=False), IMAGE_DIMENSIONS)


class ContinuousBernoulliPixels(nn.Module):
    """G. Loaiza-Ganem and J. P. Cunningham, The continuous Bernoulli, 2019, section 3."""

    def forward(self, logits):
        return Independent(ContinuousBernoulli(logits=logits), IMAGE_DIMENSIONS)


class GaussianPixels(nn.Module):
    """D. P. Kingma and M. Welling, 2014, appendix C.2, of one variance that is stated."""

    def __init__(self, variance):
        super().__init__()
        self.variance = variance

    def forward(self, logits):
        return Independent(Normal(torch.sigmoid(logits), math.sqrt(self.variance)), IMAGE_DIMENSIONS)


class CalibratedGaussianPixels(nn.Module):
    """O. Rybkin, K. Daniilidis and S. Levine, Simple and effective VAE training with calibrated decoders, 2021, section 3.

    One variance is learned beside the weights; what is learned of it is its logarithm.
    """

    def __init__(self):
        super().__init__()
        self.log_variance = nn.Parameter(torch.empty(1).uniform_(-1, 1))

    def forward(self, logits):
        return Independent(Normal(torch.sigmoid(logits), torch.exp(self.log_variance / 2)), IMAGE_DIMENSIONS)


class StandardPrior(nn.Module):
    """N(0, I), with the divergence in closed form (D. P. Kingma and M. Welling, 2014, appendix B)."""

    def __init__(self, latent):
        super().__init__()
        self.register_buffer("zeros", torch.zeros(latent), persistent=False)

    def distribution(self):
        return gaussian(self.zeros, self.zeros)

    def divergence(self, posterior, latents):
        return kl_divergence(posterior, self.distribution()).expand(latents.shape[:-1])


class MixturePrior(nn.Module):
    """Gaussians with weights, means and variances that are learned; the divergence is estimated by the latents."""

    def __init__(self, components, latent):
        super().__init__()
        self.logits = nn.Parameter(torch.empty(components).uniform_(-1, 1))
        self.means = nn.Parameter(torch.randn(components, latent))
        self.log_variances = nn.Parameter(torch.empty(components, latent).uniform_(-1, 1))

    def distribution(self):
        return MixtureSameFamily(Categorical(logits=self.logits), gaussian(self.means, self.log_variances))

    def divergence(self, posterior, latents):
        return posterior.log_prob(latents) - self.distribution().log_prob(latents)


def reparameterized(posterior, noise):
    """D. P. Kingma and M. Welling, 2014, section 2.4."""
    return posterior.mean + posterior.stddev * noise


def deterministic(posterior, noise):
    """Without noise."""
    return posterior.mean.expand(noise.shape)


def elbo(log_likelihood, log_prior, log_posterior, divergence, beta):
    """D. P. Kingma and M. Welling, 2014, equation 3; with beta, I. Higgins et al., beta-VAE, 2017, equation 4."""
    return dict(loss=(beta * divergence - log_likelihood).mean(0))


def iwae(log_likelihood, log_prior, log_posterior, divergence, beta):
    """Y. Burda, R. Grosse and R. Salakhutdinov, Importance Weighted Autoencoders, 2016, equation 8.

    A beta other than 1 is not theirs: it weighs log p(z) - log q(z|x) as it weighs the divergence in the ELBO.
    """
    log_weights = log_likelihood + beta * (log_prior - log_posterior)
    bound = torch.logsumexp(log_weights, 0) - math.log(len(log_weights))
    return dict(iwae=-bound, loss=-bound)


SAMPLERS = dict(reparameterized=reparameterized, deterministic=deterministic)
LOSSES = dict(elbo=elbo, iwae=iwae)


def make_likelihood(choices):
    name = choices["likelihood"]
    if name == "mse":
        return GaussianPixels(choices["variance"])
    kinds = {
        "bce": BernoulliPixels,
        "continuous-bernoulli": ContinuousBernoulliPixels,
        "gaussian": CalibratedGaussianPixels,
    }
    return kinds[name]()


def make_prior(choices, latent):
    if choices["prior"] == "mixture":
        return MixturePrior(choices["components"], latent)
    return dict(standard=StandardPrior)[choices["prior"]](latent)


class Vae(nn.Module):
    """Networks and parts. A state_dict() has the names that weight files have."""

    def __init__(self, encoder, decoder, latent, choices):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder
        self.likelihood = make_likelihood(choices)
        self.prior = make_prior(choices, latent)
        self.sampler = SAMPLERS[choices["sampler"]]
        self.loss = LOSSES[choices["loss"]]

    def _run(self, images, noise):
        """Posterior, latents and logits of noise of [samples, images, latent]; the encoder sees each image once."""
        mean, log_variance = self.encoder(images)
        latents = self.sampler(gaussian(mean, log_variance), noise)
        logits = self.decoder(latents.flatten(0, 1)).view(len(noise), *images.shape)
        return mean, log_variance, latents, logits

    def forward(self, images, noise):
        """Everything on the way, with one latent of each image: noise is [images, latent]. Terms are in nats, [images]."""
        mean, log_variance, latents, logits = self._run(images, noise.unsqueeze(0))
        pixels = self.likelihood(logits)
        return dict(
            mean=mean,
            log_variance=log_variance,
            latents=latents[0],
            logits=logits[0],
            expected_images=pixels.mean[0],
            reconstruction=-pixels.log_prob(images)[0],
            kl=self.prior.divergence(gaussian(mean, log_variance), latents)[0],
            log_prior=self.prior.distribution().log_prob(latents)[0],
        )

    def terms(self, images, noise, beta):
        """What the loss says of each image, in nats; noise is [samples, images, latent]. Minimized is the mean of `loss`."""
        mean, log_variance, latents, logits = self._run(images, noise)
        posterior = gaussian(mean, log_variance)
        log_likelihood = self.likelihood(logits).log_prob(images)
        divergence = self.prior.divergence(posterior, latents)
        log_prior = self.prior.distribution().log_prob(latents)
        return dict(
            reconstruction=-log_likelihood.mean(0),
            kl=divergence.mean(0),
            **self.loss(log_likelihood, log_prior, posterior.log_prob(latents), divergence, beta),
        )
