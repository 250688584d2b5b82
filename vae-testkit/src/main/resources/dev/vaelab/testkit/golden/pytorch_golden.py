"""Writes a file for each of CASES: a small model, and what PyTorch computes with it in float64.

    python3 pytorch_golden.py

writes them into this folder; it needs PyTorch (the files there are of Debian 12's package python3-torch) and nothing else.
Whoever changes what is written counts VERSION up.

The metadata have sizes, networks, parts and settings, and what wrote the file. The tensors, each named PART.NAME:

    initial, final       weights and running statistics, before and after all steps of the optimizer
    images, noise        inputs of each step; the first ones are those of everything else, too. Where a loss draws several latents
                         of each image, or draws something else, the noise of an image stands together
    labels               of a model with classes, of the images of each step
    evaluation           what networks and parts make of the first noise of each image, by the running statistics
    training             the same by the statistics of the batch
    evaluated            each term of the loss, and `loss`, which is minimized, of each image, by the running statistics
    steps                the same by the statistics of the batch in each step, [steps, images], before the weights changed
    gradient             in the first step, of the mean of `loss` over the batch, before clipping
    first_moment, second_moment or velocity
                         what the optimizer remembers after all steps

Weights and inputs are multiples of 1/1024, so that they cross the float32 border of a backend unchanged.
"""

import copy
import os
import platform

import torch

import safetensors_file
from pytorch_layers import LabelAsPlanes, LabelAsRow, make_decoder, make_encoder, mlp
from pytorch_model import Decoder, Encoder, make_unlike_new
from pytorch_parts import Vae

VERSION = 5

GREY = dict(network="convolutional", image=(1, 8, 8), channels=[3, 4], hidden=6, latent=3, count=5)
COLOUR = dict(network="convolutional", image=(3, 8, 16), channels=[2, 3, 2], hidden=5, latent=2, count=3)
# The scale is that of the weights, beside new ones, so that logits, posteriors and importance weights differ.
MLP = dict(network="mlp", image=(1, 4, 5), hidden=[7, 6], latent=3, count=5, scale=2)
# Odd kernels, both strides, a padding of the output, and layers with and without batch normalization.
LISTED = dict(
    network="listed",
    image=(2, 6, 8),
    encoder=[
        "convolution 3 3 2 1",
        "batch-normalization",
        "leaky-relu",
        "convolution 4 3 1 0",
        "elu",
        "flatten",
        "linear 6",
        "batch-normalization",
        "softplus",
    ],
    decoder=[
        "linear 5",
        "sigmoid",
        "linear 8",
        "elu",
        "reshape 4 1 2",
        "transposedConvolution 3 3 1 0 0",
        "batch-normalization",
        "leaky-relu",
        "transposedConvolution 2 3 2 1 1",
    ],
    latent=2,
    count=5,
    scale=2,
)

RECIPE = dict(loss="elbo", likelihood="bce", prior="standard", sampler="reparameterized")

# The epsilon is large enough to tell whether it is added inside or outside the root, and to keep Adam from magnifying the
# rounding of gradients that are zero, which those of biases before a batch normalization are.
ADAM = dict(learning_rate=0.01, adam_beta1=0.8, adam_beta2=0.99, adam_epsilon=0.001, weight_decay=0)
DESCENT = dict(learning_rate=0.1, momentum=0.8)

# Sizes, parts and settings. The limits of the gradients are shorter than any gradient here, so that every step is clipped.
# A seed is good if no gradient is a small difference of large numbers: ContractCaseTest sees to that.
CASES = {
    "grey": (GREY, RECIPE, dict(ADAM, seed=1, beta=1.5)),
    "colour": (COLOUR, RECIPE, dict(ADAM, seed=1, beta=1.5)),
    "decay": (GREY, RECIPE, dict(ADAM, seed=1, beta=1.5, weight_decay=3, clip_norm=0.5)),
    "descent": (
        GREY,
        dict(RECIPE, likelihood="mse", variance=0.3),
        dict(DESCENT, seed=4, beta=1.5, clip_norm=0.5),
    ),
    "deterministic": (
        dict(MLP, activation="softplus"),
        dict(RECIPE, sampler="deterministic", likelihood="mse", variance=0.2),
        dict(DESCENT, seed=10, beta=1.5, clip_norm=0.5),
    ),
    "info": (
        dict(MLP, activation="tanh"),
        {**RECIPE, "loss": "info", "alpha": 0.25, "lambda": 40, "kernel": "imq", "bandwidth": 1},
        dict(ADAM, seed=1, beta=1.5),
    ),
    "vamp": (
        dict(MLP, activation="elu"),
        dict(RECIPE, prior="vamp", components=4),
        dict(ADAM, seed=1, beta=1.5),
    ),
    # The statistics of a batch are those of images and pseudo-inputs.
    "vamp-normalized": (
        dict(LISTED, scale=1.5),
        dict(RECIPE, loss="iwae", samples=3, prior="vamp", components=3),
        dict(ADAM, seed=10, beta=0.5),
    ),
    "wae": (
        dict(MLP, activation="softplus"),
        {
            **RECIPE,
            **dict(likelihood="mse", variance=0.5, sampler="deterministic"),
            **{"loss": "info", "alpha": 1, "lambda": 10, "kernel": "rbf", "bandwidth": 0.5},
        },
        dict(DESCENT, seed=2, beta=1),
    ),
    # With a beta of 1 it is the bound of the paper.
    "iwae": (dict(MLP, activation="tanh"), dict(RECIPE, loss="iwae", samples=4), dict(ADAM, seed=11, beta=1)),
    "conditional": (
        dict(MLP, activation="tanh", classes=4),
        dict(RECIPE, loss="iwae", samples=3),
        dict(ADAM, seed=2, beta=0.5),
    ),
    "conditional-planes": (dict(GREY, classes=3), RECIPE, dict(ADAM, seed=3, beta=1.5)),
    "layers": (LISTED, dict(RECIPE, likelihood="continuous-bernoulli"), dict(ADAM, seed=9, beta=1.5)),
    "mixture": (
        dict(GREY, scale=2),
        dict(RECIPE, likelihood="gaussian", prior="mixture", components=3),
        dict(ADAM, seed=4, beta=1.5, weight_decay=3, clip_norm=0.5),
    ),
    "beta-tc": (
        dict(LISTED, scale=1.5),
        dict(RECIPE, loss="beta-tc", alpha=0.5, gamma=1.5, trainingImages=50),
        dict(ADAM, seed=7, beta=2.5),
    ),
    # Of the latent dimensions, the batches use more than the free bits of some and less of others.
    "free-bits": (dict(MLP, activation="elu"), dict(RECIPE, freeBits=0.25), dict(ADAM, seed=1, beta=1.5)),
    "free-bits-mixture": (
        dict(MLP, activation="tanh"),
        dict(RECIPE, prior="mixture", components=3, freeBits=0.5),
        dict(DESCENT, seed=4, beta=0.5),
    ),
    "iwae-dreg": (
        dict(MLP, activation="softplus"),
        dict(RECIPE, loss="iwae", samples=4, gradient="doubly-reparameterized", prior="mixture", components=2),
        dict(ADAM, seed=1, beta=0.5),
    ),
    "iwae-mixture": (
        dict(LISTED, scale=1.5),
        dict(RECIPE, loss="iwae", samples=3, likelihood="gaussian", prior="mixture", components=2),
        dict(ADAM, seed=33, beta=0.5, clip_norm=5),
    ),
}
STEPS = 5
SLOTS = {"exp_avg": "first_moment", "exp_avg_sq": "second_moment", "momentum_buffer": "velocity"}


def exact(tensor):
    return (tensor.double() * 1024).round() / 1024


def tensors(model):
    return {name: tensor for name, tensor in model.state_dict().items() if "num_batches" not in name}


def text(value):
    if isinstance(value, (list, tuple)):
        return ("; " if isinstance(value[0], str) else " ").join(map(str, value))
    return str(value)


def metadata(sizes, choices, settings):
    entries = dict(
        generator=os.path.basename(__file__),
        generator_version=VERSION,
        pytorch=torch.__version__,
        python=platform.python_version(),
        steps=STEPS,
        **sizes,
        **choices,
        **settings,
    )
    return {key: text(value) for key, value in entries.items()}


def make_networks(sizes):
    """A network of a model with classes also knows the labels."""
    if "classes" not in sizes:
        return make_plain_networks(sizes, sizes["image"], sizes["latent"])
    (channels, height, width), classes = sizes["image"], sizes["classes"]
    encoder, _ = make_plain_networks(sizes, (channels + classes, height, width), sizes["latent"])
    _, decoder = make_plain_networks(sizes, sizes["image"], sizes["latent"] + classes)
    if sizes["network"] == "mlp":
        encoder, _ = make_plain_networks(sizes, (channels * height * width + classes, 1, 1), sizes["latent"])
        return LabelAsRow(encoder, classes), LabelAsRow(decoder, classes)
    return LabelAsPlanes(encoder, classes), LabelAsRow(decoder, classes)


def make_plain_networks(sizes, image, latent):
    if sizes["network"] == "convolutional":
        shape = (image, sizes["channels"], sizes["hidden"], latent)
        return Encoder(*shape), Decoder(*shape)
    if sizes["network"] == "mlp":
        encoder, decoder = mlp(image, sizes["hidden"], sizes["activation"])
    else:
        encoder, decoder = sizes["encoder"], sizes["decoder"]
    return make_encoder(image, encoder, latent), make_decoder(decoder, latent)


def make_optimizer(model, settings):
    if "momentum" in settings:
        return torch.optim.SGD(model.parameters(), lr=settings["learning_rate"], momentum=settings["momentum"])
    return torch.optim.AdamW(
        model.parameters(),
        lr=settings["learning_rate"],
        betas=(settings["adam_beta1"], settings["adam_beta2"]),
        eps=settings["adam_epsilon"],
        weight_decay=settings["weight_decay"],
    )


def content(sizes, choices, settings):
    torch.manual_seed(settings["seed"])
    count, latent = sizes["count"], sizes["latent"]
    # Of each image: what it draws latents from, and for a loss that compares latents with draws of the prior, what it draws those from.
    vectors = choices.get("samples", 1) + (choices["loss"] == "info")
    encoder, decoder = make_networks(sizes)
    model = Vae(encoder, decoder, sizes["image"], latent, choices)
    make_unlike_new(model)
    with torch.no_grad():
        for weight in (*model.encoder.parameters(), *model.decoder.parameters()):
            if weight.dim() > 1:
                weight.mul_(sizes.get("scale", 1))
    model.double()
    for tensor in tensors(model).values():
        tensor.copy_(exact(tensor))
    written = {}

    def write(part, named):
        for name, tensor in named.items():
            written[f"{part}.{name}"] = tensor.detach().clone()

    write("initial", tensors(model))
    batches = []
    for step in range(STEPS):
        images = exact(torch.rand(count, *sizes["image"]))
        noise = exact(torch.randn(count * vectors, latent))
        write("images", {step: images})
        write("noise", {step: noise})
        labels = torch.randint(sizes["classes"], (count,)) if "classes" in sizes else None
        if labels is not None:
            write("labels", {step: labels.double()})
        batches.append((images, noise.view(count, vectors, latent).transpose(0, 1), labels))

    def show(labels):
        """Tells the networks the labels of the images that come next."""
        if labels is not None:
            encoder.labels = decoder.labels = labels

    images, noise, labels = batches[0]
    show(labels)
    # A copy, as a pass in training moves the running statistics.
    write("training", copy.deepcopy(model).train()(images, noise[0]))
    write("evaluation", model.eval()(images, noise[0]))
    write("evaluated", model.terms(images, noise, settings["beta"]))

    model.train()
    optimizer = make_optimizer(model, settings)
    terms_of_steps = []
    for step, (images, noise, labels) in enumerate(batches):
        show(labels)
        optimizer.zero_grad()
        terms = model.terms(images, noise, settings["beta"])
        terms["loss"].mean().backward()
        terms_of_steps.append(terms)
        if step == 0:
            write("gradient", {name: parameter.grad for name, parameter in model.named_parameters()})
        if "clip_norm" in settings:
            length = torch.nn.utils.clip_grad_norm_(model.parameters(), settings["clip_norm"])
            assert length > settings["clip_norm"]
        optimizer.step()
    write("steps", {name: torch.stack([terms[name] for terms in terms_of_steps]) for name in terms_of_steps[0]})
    write("final", tensors(model))
    for name, parameter in model.named_parameters():
        for key, slot in SLOTS.items():
            if key in optimizer.state[parameter]:
                write(slot, {name: optimizer.state[parameter][key]})
    return written


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder = os.path.dirname(os.path.abspath(__file__))
    for case, description in CASES.items():
        path = os.path.join(folder, case + ".safetensors")
        safetensors_file.write(path, content(*description), metadata(*description))
