"""Networks as lists of layers in PyTorch, with the names that weight files have.

A layer is a word and numbers:

    convolution OUT KERNEL STRIDE PADDING
    transposedConvolution OUT KERNEL STRIDE PADDING OUTPUT_PADDING
    linear OUT
    reshape CHANNELS HEIGHT WIDTH
    batch-normalization, flatten, relu, tanh, elu, leaky-relu, softplus, sigmoid
"""

import torch
from torch import nn

ACTIVATIONS = {
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "elu": nn.ELU,
    "leaky-relu": nn.LeakyReLU,
    "softplus": nn.Softplus,
    "sigmoid": nn.Sigmoid,
}
NAMES = {
    "convolution": "conv",
    "transposedConvolution": "deconv",
    "linear": "fc",
    "batch-normalization": "bn",
}


def make_layer(kind, numbers, features):
    """A layer that takes features of the shape of a batch of them."""
    size = features.shape[1]
    if kind == "convolution":
        return nn.Conv2d(size, *numbers)
    if kind == "transposedConvolution":
        return nn.ConvTranspose2d(size, *numbers)
    if kind == "linear":
        return nn.Linear(size, *numbers)
    if kind == "batch-normalization":
        return nn.BatchNorm2d(size) if features.dim() == 4 else nn.BatchNorm1d(size)
    if kind == "flatten":
        return nn.Flatten()
    if kind == "reshape":
        return nn.Unflatten(1, numbers)
    return ACTIVATIONS[kind]()


class Layers(nn.Module):
    """Layers one after the other, and linear layers behind the last one that give the outputs, if there are any."""

    def __init__(self, shape, layers, heads=()):
        super().__init__()
        counts = {}
        self.run = []
        features = torch.zeros(1, *shape)
        for layer in layers:
            kind, *numbers = layer.split()
            module = make_layer(kind, [int(number) for number in numbers], features)
            features = module.eval()(features)
            if kind in NAMES:
                counts[kind] = counts.get(kind, 0) + 1
                only = kind == "linear" and sum(other.startswith(kind) for other in layers) == 1
                setattr(self, NAMES[kind] + ("" if only else str(counts[kind])), module)
            self.run.append(module)
        self.heads = [nn.Linear(features.shape[1], size) for name, size in heads]
        for (name, size), head in zip(heads, self.heads):
            setattr(self, name, head)

    def forward(self, features):
        for module in self.run:
            features = module(features)
        return [head(features) for head in self.heads] or features


class Conditional(nn.Module):
    """A network that is told the class of each image of its batch (K. Sohn et al., Learning structured output representation using
    deep conditional generative models, 2015). Its tensors have the names of the network's. Of a batch with several rows for each
    image, the first rows of all images come first."""

    def __init__(self, network, classes):
        super().__init__()
        for name, module in network.named_children():
            setattr(self, name, module)
        self.network = [network]
        self.classes = classes
        self.labels = None

    def train(self, mode=True):
        self.network[0].train(mode)
        return super().train(mode)

    def one_hot(self, rows):
        labels = self.labels.repeat(rows // len(self.labels))
        return nn.functional.one_hot(labels, self.classes).double()


class LabelAsRow(Conditional):
    """Values, then a number for each class."""

    def forward(self, features):
        values = torch.cat([features.flatten(1), self.one_hot(len(features))], 1)
        return self.network[0](values)


class LabelAsPlanes(Conditional):
    """Channels, then a plane of one number for each class."""

    def forward(self, images):
        planes = self.one_hot(len(images))[:, :, None, None].expand(-1, -1, *images.shape[2:])
        return self.network[0](torch.cat([images, planes], 1))


def make_encoder(image, layers, latent):
    return Layers(image, layers, [("mean", latent), ("log_variance", latent)])


def make_decoder(layers, latent):
    return Layers([latent], layers)


def mlp(image, hidden, activation):
    """The layers of encoder and decoder (Y. Burda et al., 2016, section 5), each linear one but the last with an activation."""
    channels, height, width = image
    encoder, decoder = ["flatten"], []
    for size in hidden:
        encoder += [f"linear {size}", activation]
    for size in hidden[::-1]:
        decoder += [f"linear {size}", activation]
    return encoder, decoder + [f"linear {channels * height * width}", f"reshape {channels} {height} {width}"]
