"""What a model has beside its networks, in PyTorch: likelihoods, priors, samplers and losses, by the names that files have.

Written from the papers, with the densities and divergences of torch.distributions, and not from the project's Java: it is the
witness for that. Samples come first, as torch.distributions has them: latents are [samples, images, latent].
"""

import copy
import math
from types import SimpleNamespace

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


class VampPrior(nn.Module):
    """J. Tomczak and M. Welling, VAE with a VampPrior, 2018, equation 9; the divergence is estimated by the latents.

    Pseudo-inputs are the sigmoid of what is learned. Whoever runs the encoder says what their posteriors are.
    """

    def __init__(self, components, image):
        super().__init__()
        self.pseudo_inputs = nn.Parameter(torch.randn(components, *image))
        self.posteriors = None

    def images(self):
        return torch.sigmoid(self.pseudo_inputs)

    def distribution(self):
        mean, log_variance = self.posteriors
        return MixtureSameFamily(Categorical(logits=mean.new_zeros(len(mean))), gaussian(mean, log_variance))

    def divergence(self, posterior, latents):
        return posterior.log_prob(latents) - self.distribution().log_prob(latents)


def reparameterized(posterior, noise):
    """D. P. Kingma and M. Welling, 2014, section 2.4."""
    return posterior.mean + posterior.stddev * noise


def deterministic(posterior, noise):
    """Without noise."""
    return posterior.mean.expand(noise.shape)


def elbo(run, beta, choices):
    """D. P. Kingma and M. Welling, 2014, equation 3; with beta, I. Higgins et al., beta-VAE, 2017, equation 4."""
    if "freeBits" in choices:
        return free_bits(run, beta, choices["freeBits"])
    return dict(loss=(beta * run.divergence - run.log_likelihood).mean(0))


def free_bits(run, beta, least):
    """D. P. Kingma et al., Improving Variational Inference with Inverse Autoregressive Flow, 2016, section 3.3 and appendix C.8.

    Minimized is the mean over the images: of a group that uses less than `least`, `least`; else the image's own divergence. A
    prior that has the latent dimensions independent has a group for each, others have one.
    """
    if isinstance(run.prior, StandardPrior):
        each = Normal(run.posterior.mean, run.posterior.stddev)
        groups = kl_divergence(each, Normal(torch.zeros_like(each.mean), torch.ones_like(each.stddev)))
    else:
        groups = run.divergence[0].unsqueeze(1)
    used = torch.where(groups.mean(0) > least, groups, torch.full_like(groups, least))
    mean = torch.clamp(groups.mean(0), min=least).sum()
    assert torch.allclose(used.sum(1).mean(), mean)
    return dict(loss=beta * used.sum(1) - run.log_likelihood[0])


def beta_tc(run, beta, choices):
    """R. T. Q. Chen et al., Isolating Sources of Disentanglement in Variational Autoencoders, 2018, equations 2, 4 and S4."""
    latents = run.latents[0]
    count = choices["trainingImages"] * len(latents)
    each = Normal(run.posterior.mean.unsqueeze(0), run.posterior.stddev.unsqueeze(0)).log_prob(latents.unsqueeze(1))
    log_aggregate = torch.log(torch.exp(each.sum(2)).sum(1) / count)
    log_product = torch.log(torch.exp(each).sum(1) / count).sum(1)
    information = run.log_posterior[0] - log_aggregate
    correlation = log_aggregate - log_product
    dimensions = log_product - run.log_prior[0]
    weighed = choices["alpha"] * information + beta * correlation + choices["gamma"] * dimensions
    return dict(
        mutualInformation=information,
        totalCorrelation=correlation,
        dimensionwiseKl=dimensions,
        loss=weighed - run.log_likelihood[0],
    )


def info(run, beta, choices):
    """S. Zhao et al., InfoVAE, 2017, equation 6, with the discrepancy of algorithm 2 of I. Tolstikhin et al., WAE, 2018.

    Of the noise of an image, the second vector is a draw of the prior. What an image has of the discrepancy is not told apart in
    the papers: here a row and a column have half of a pair each, and draws, which come in the order of the images, theirs.
    """
    latents, draws = run.latents[0], run.noise[1]
    scale = 2 * latents.shape[1] * choices["bandwidth"] ** 2

    def kernel(left, right):
        squares = ((left.unsqueeze(1) - right.unsqueeze(0)) ** 2).sum(2)
        return scale / (scale + squares) if choices["kernel"] == "imq" else torch.exp(-squares / scale)

    count = len(latents)
    others = 1 - torch.eye(count).double()
    within = ((kernel(latents, latents) + kernel(draws, draws)) * others).sum() / (count * (count - 1))
    mmd = within - 2 * kernel(latents, draws).mean()
    each = ((kernel(latents, latents) + kernel(draws, draws)) * others).sum(1) / (count - 1)
    each = each - 2 * kernel(latents, draws).mean(1)
    assert torch.allclose(each.mean(), mmd)
    alpha, weight = choices["alpha"], choices["alpha"] + choices["lambda"] - 1
    return dict(mmd=each, loss=(1 - alpha) * beta * run.divergence[0] + weight * each - run.log_likelihood[0])


def iwae(run, beta, choices):
    """Y. Burda, R. Grosse and R. Salakhutdinov, Importance Weighted Autoencoders, 2016, equation 8.

    A beta other than 1 is not theirs: it weighs log p(z) - log q(z|x) as it weighs the divergence in the ELBO.
    """
    log_weights = run.log_likelihood + beta * (run.log_prior - run.log_posterior)
    bound = torch.logsumexp(log_weights, 0) - math.log(len(log_weights))
    if choices.get("gradient") == "doubly-reparameterized":
        return dict(iwae=-bound.detach(), loss=-doubly_reparameterized(run, beta))
    return dict(iwae=-bound, loss=-bound)


def doubly_reparameterized(run, beta):
    """G. Tucker et al., Doubly Reparameterized Gradient Estimators for Monte Carlo Objectives, 2018, equation 8.

    Has the value of the bound, and the gradients of the paper: by the decoder, the sum of ~w d log w; by the encoder, the sum of
    ~w^2 d log w/dz dz/dphi, without what log w has of phi but by z. For a beta other than 1, which is not theirs, log w is that of
    the bound above, and ~w^2 is ~w (1 - beta + beta ~w).
    """
    q = gaussian(run.posterior.mean.detach(), 2 * torch.log(run.posterior.stddev.detach()))

    def log_weights(latents):
        log_ratio = run.prior.distribution().log_prob(latents) - q.log_prob(latents)
        return run.log_likelihood_of(latents) + beta * log_ratio

    latents = run.latents.detach().requires_grad_()
    weights = torch.softmax(log_weights(latents), 0).detach()
    (by_latents,) = torch.autograd.grad(log_weights(latents).sum(), latents)
    factor = weights * (1 - beta + beta * weights)
    by_encoder = ((factor.unsqueeze(2) * by_latents).detach() * run.latents).sum((0, 2))
    of_decoder = log_weights(run.latents.detach())
    by_decoder = (weights * of_decoder).sum(0)
    bound = torch.logsumexp(of_decoder, 0) - math.log(len(of_decoder))
    surrogate = by_encoder + by_decoder
    return bound.detach() + surrogate - surrogate.detach()


SAMPLERS = dict(reparameterized=reparameterized, deterministic=deterministic)
LOSSES = {"elbo": elbo, "iwae": iwae, "beta-tc": beta_tc, "info": info}


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


def make_prior(choices, image, latent):
    if choices["prior"] == "vamp":
        return VampPrior(choices["components"], image)
    if choices["prior"] == "mixture":
        return MixturePrior(choices["components"], latent)
    return dict(standard=StandardPrior)[choices["prior"]](latent)


class Vae(nn.Module):
    """Networks and parts. A state_dict() has the names that weight files have."""

    def __init__(self, encoder, decoder, image, latent, choices):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder
        self.likelihood = make_likelihood(choices)
        self.prior = make_prior(choices, image, latent)
        self.sampler = SAMPLERS[choices["sampler"]]
        self.loss = LOSSES[choices["loss"]]
        self.choices = choices

    def _run(self, images, noise):
        """Posterior, latents and logits of noise of [samples, images, latent]; the encoder sees each image once."""
        mean, log_variance = self._encode(images)
        latents = self.sampler(gaussian(mean, log_variance), noise)
        logits = self.decoder(latents.flatten(0, 1)).view(len(noise), *images.shape)
        return mean, log_variance, latents, logits

    def _encode(self, images):
        """The encoder sees pseudo-inputs behind the images, as one batch."""
        if not isinstance(self.prior, VampPrior):
            return self.encoder(images)
        both = self.encoder(torch.cat([images, self.prior.images()]))
        self.prior.posteriors = [outputs[len(images) :] for outputs in both]
        return [outputs[: len(images)] for outputs in both]

    def forward(self, images, noise):
        """Everything on the way, with one latent of each image: noise is [images, latent]. Terms are in nats, [images].

        The encoder sees the images alone, and pseudo-inputs by the running statistics: nothing is learned here.
        """
        mean, log_variance = self.encoder(images)
        latents = self.sampler(gaussian(mean, log_variance), noise.unsqueeze(0))
        logits = self.decoder(latents[0]).unsqueeze(0)
        if isinstance(self.prior, VampPrior):
            self.prior.posteriors = copy.deepcopy(self.encoder).eval()(self.prior.images())
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
        """What the loss says of each image, in nats. Minimized is the mean of `loss`.

        noise is [vectors, images, latent]: of each image first those of its samples, then what else the loss draws from.
        """
        mean, log_variance, latents, logits = self._run(images, noise[: self.choices.get("samples", 1)])
        posterior = gaussian(mean, log_variance)
        log_likelihood = self.likelihood(logits).log_prob(images)
        divergence = self.prior.divergence(posterior, latents)
        log_prior = self.prior.distribution().log_prob(latents)

        def log_likelihood_of(others):
            logits = self.decoder(others.flatten(0, 1)).view(len(others), *images.shape)
            return self.likelihood(logits).log_prob(images)

        run = SimpleNamespace(
            noise=noise,
            posterior=posterior,
            prior=self.prior,
            latents=latents,
            log_likelihood=log_likelihood,
            log_likelihood_of=log_likelihood_of,
            log_prior=log_prior,
            log_posterior=posterior.log_prob(latents),
            divergence=divergence,
        )
        return dict(
            reconstruction=-log_likelihood.mean(0),
            kl=divergence.mean(0),
            **self.loss(run, beta, self.choices),
        )
