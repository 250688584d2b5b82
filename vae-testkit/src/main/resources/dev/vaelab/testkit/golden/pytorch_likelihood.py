"""Writes likelihood.safetensors: log p(x) by importance sampling, of models of pytorch_golden.py, in float64.

    python3 pytorch_likelihood.py

writes it into this folder. The models have the first weights of the files of CASES, and the first images. Whoever changes what is
written counts VERSION up. The tensors, each named CASE.NAME:

    noise            [images * SAMPLES, latent], the samples of an image one behind the other
    log_likelihood   [images], log 1/K sum of p(x|z) p(z) / q(z|x), in nats (Y. Burda, R. Grosse and R. Salakhutdinov, Importance
                     Weighted Autoencoders, 2016, equation 8)
    elbo             [images], the mean of the logarithms of these weights
"""

import json
import math
import os
import platform
import struct

import torch

import safetensors_file
from pytorch_golden import CASES, exact, make_networks
from pytorch_parts import Vae, gaussian

VERSION = 1

# Batch normalization and linear layers alone; likelihoods that are densities; a prior with tensors of its own.
LIKELIHOODS = ["grey", "iwae", "layers", "mixture"]
SAMPLES = 40
SEED = 14


def read(path):
    """The tensors of a file of pytorch_golden.py, which are all of float64."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        values = file.read()
    header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = torch.frombuffer(bytearray(values[begin:end]), dtype=torch.float64).view(entry["shape"])
    return tensors


def under(part, tensors):
    return {name[len(part) :]: tensor for name, tensor in tensors.items() if name.startswith(part)}


def log_weights(model, images, noise):
    """log p(x|z) + log p(z) - log q(z|x), [samples, images]; noise is [samples, images, latent]."""
    posterior = gaussian(*model.encoder(images))
    latents = posterior.mean + posterior.stddev * noise
    logits = model.decoder(latents.flatten(0, 1)).view(len(noise), *images.shape)
    log_joint = model.likelihood(logits).log_prob(images) + model.prior.distribution().log_prob(latents)
    return log_joint - posterior.log_prob(latents)


def content(folder):
    torch.manual_seed(SEED)
    written = {}
    for case in LIKELIHOODS:
        sizes, choices, _ = CASES[case]
        tensors = read(os.path.join(folder, case + ".safetensors"))
        model = Vae(*make_networks(sizes), sizes["latent"], choices).double()
        missing, unexpected = model.load_state_dict(under("initial.", tensors), strict=False)
        assert not unexpected and all("num_batches" in name for name in missing)
        count, latent = sizes["count"], sizes["latent"]
        noise = exact(torch.randn(count * SAMPLES, latent))
        with torch.no_grad():
            weights = log_weights(
                model.eval(), tensors["images.0"], noise.view(count, SAMPLES, latent).transpose(0, 1)
            )
        written[case + ".noise"] = noise
        written[case + ".log_likelihood"] = torch.logsumexp(weights, 0) - math.log(SAMPLES)
        written[case + ".elbo"] = weights.mean(0)
    return written


if __name__ == "__main__":
    torch.set_num_threads(1)
    here = os.path.dirname(os.path.abspath(__file__))
    made_by = dict(
        generator=os.path.basename(__file__),
        generator_version=str(VERSION),
        pytorch=torch.__version__,
        python=platform.python_version(),
    )
    safetensors_file.write(os.path.join(here, "likelihood.safetensors"), content(here), made_by)
