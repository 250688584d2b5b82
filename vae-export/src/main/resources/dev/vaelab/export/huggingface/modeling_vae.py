"""The model of this folder in PyTorch. Needs torch and safetensors, and nothing else.

    from modeling_vae import VariationalAutoencoder

    model = VariationalAutoencoder.from_pretrained(".")
    mean, log_variance = model.encode(images)  # images: [n, channels, height, width], pixels in [0, 1]
    images = model.decode(mean)

A conditional model also takes labels, a whole number for each image: encode(images, labels), decode(latents, labels).
"""

import json
import os

import torch
from torch import nn
from torch.nn import functional

ACTIVATIONS = {
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "elu": nn.ELU,
    "leaky-relu": nn.LeakyReLU,
    "softplus": nn.Softplus,
    "sigmoid": nn.Sigmoid,
}


class Reshape(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape

    def forward(self, values):
        return values.reshape(-1, *self.shape)


class BatchNormalization(nn.modules.batchnorm._BatchNorm):
    """Of feature maps and of values alike."""

    def _check_input_dim(self, features):
        pass


def layer_of(description):
    kind = description["type"]
    if kind == "convolution":
        return nn.Conv2d(
            description["in"], description["out"], description["kernel"], description["stride"], description["padding"]
        )
    if kind == "transposed-convolution":
        return nn.ConvTranspose2d(
            description["in"],
            description["out"],
            description["kernel"],
            description["stride"],
            description["padding"],
            description["output_padding"],
        )
    if kind == "linear":
        return nn.Linear(description["in"], description["out"])
    if kind == "batch-normalization":
        return BatchNormalization(description["channels"])
    if kind == "flatten":
        return nn.Flatten()
    if kind == "reshape":
        return Reshape(description["shape"])
    return ACTIVATIONS[kind]()


class Network(nn.Module):
    """Layers one after the other, and perhaps heads that read what the last one gives."""

    def __init__(self, description):
        super().__init__()
        self.order = self._add(description["layers"])
        self.heads = self._add(description.get("heads", []))

    def _add(self, descriptions):
        names = []
        for description in descriptions:
            # Canonical names begin with that of the network; what has no tensors has no name.
            name = description.get("name", ".step%d" % len(self._modules)).split(".", 1)[1]
            self.add_module(name, layer_of(description))
            names.append(name)
        return names

    def forward(self, features):
        for name in self.order:
            features = self._modules[name](features)
        if self.heads:
            return [self._modules[name](features) for name in self.heads]
        return features


class VariationalAutoencoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.encoder = Network(config["encoder"])
        self.decoder = Network(config["decoder"])
        self.takes_values = config["encoder"]["layers"][0]["type"] == "linear"
        for name, shape in config.get("parts", {}).items():
            part, tensor = name.split(".", 1)
            if part not in self._modules:
                self.add_module(part, nn.Module())
            self._modules[part].register_buffer(tensor, torch.zeros(shape))

    @classmethod
    def from_pretrained(cls, folder):
        from safetensors.torch import load_file

        with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
            model = cls(json.load(file))
        model.load_state_dict(load_file(os.path.join(folder, "model.safetensors")))
        return model.eval()

    def _rows(self, labels, like):
        classes = self.config["classes"]
        if classes == 0:
            if labels is not None:
                raise ValueError("the model knows no labels")
            return None
        if labels is None:
            raise ValueError("the model needs a label from 0 to %d for each image" % (classes - 1))
        return functional.one_hot(labels, classes).to(like)

    def encode(self, images, labels=None):
        """Mean and log-variance of q(z|x), or q(z|x, y): two tensors [n, latent]."""
        rows = self._rows(labels, images)
        if rows is None:
            return tuple(self.encoder(images))
        if self.takes_values:
            return tuple(self.encoder(torch.cat([images.flatten(1), rows], 1)))
        planes = rows[:, :, None, None].expand(-1, -1, *images.shape[2:])
        return tuple(self.encoder(torch.cat([images, planes], 1)))

    def logits(self, latents, labels=None):
        """What the likelihood makes a distribution of: [n, channels, height, width]."""
        rows = self._rows(labels, latents)
        return self.decoder(latents if rows is None else torch.cat([latents, rows], 1))

    def decode(self, latents, labels=None):
        """The expected images, pixels in [0, 1]: [n, channels, height, width]."""
        logits = self.logits(latents, labels)
        if self.config["likelihood"] != "continuous-bernoulli":
            return torch.sigmoid(logits)
        # 1 / (1 - e^-l) - 1 / l, and its series where that is 0 / 0 (Loaiza-Ganem and Cunningham 2019, equation 8).
        small = logits.abs() < 0.3
        safe = torch.where(small, torch.ones_like(logits), logits)
        near = torch.where(small, logits, torch.zeros_like(logits))
        squares = near * near
        series = 0.5 + near * (1 / 12 + squares * (-1 / 720 + squares * (1 / 30240 - squares / 1209600)))
        return torch.where(small, series, -1 / torch.expm1(-safe) - 1 / safe)

    def draw(self, count):
        """Latents of the prior, [count, latent]."""
        noise = torch.randn(count, self.config["latent"])
        prior = self.config["prior"]
        if prior == "standard":
            return noise
        if prior == "mixture":
            shares, means = self.prior.logits.softmax(0), self.prior.means
            log_variances = self.prior.log_variances
        elif prior == "vamp":
            means, log_variances = self.encode(self.prior.pseudo_inputs.sigmoid())
            shares = torch.ones(len(means))
        else:
            raise ValueError("how latents are drawn from the prior %s is not written here" % prior)
        chosen = torch.multinomial(shares, count, replacement=True)
        return means[chosen] + (log_variances[chosen] / 2).exp() * noise
