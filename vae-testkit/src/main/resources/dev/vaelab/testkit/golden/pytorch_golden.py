"""Writes grey.safetensors and colour.safetensors: small models, and what PyTorch computes with them in float64.

    python3 pytorch_golden.py

writes them into this folder; it needs PyTorch (the files there are of Debian 12's package python3-torch) and nothing else.
Whoever changes what is written counts VERSION up.

The metadata have the sizes and settings, and what wrote the file. The tensors, each named PART.NAME:

    initial, final       weights and running statistics, before and after all steps of Adam
    images, noise        inputs of each step; the first ones are those of evaluation, training and gradient, too
    evaluation           forward pass by the running statistics
    training             forward pass by the statistics of the batch, in the first step
    gradient             in the first step, of the mean over the batch of reconstruction + beta * KL
    figures              reconstruction and KL of each step, means over the batch, before the weights changed
    first_moment,        of Adam, after all steps
    second_moment

Weights and inputs are multiples of 1/1024, so that they cross the float32 border of a backend unchanged.
"""

import os
import platform

import torch

import safetensors_file
from pytorch_model import Model, make_unlike_new

VERSION = 2
CASES = {
    "grey": dict(image=(1, 8, 8), channels=[3, 4], hidden=6, latent=3, count=5),
    "colour": dict(image=(3, 8, 16), channels=[2, 3, 2], hidden=5, latent=2, count=3),
}
STEPS = 5
BETA = 1.5
LEARNING_RATE = 0.01
ADAM_BETAS = (0.8, 0.99)
# Large enough to tell whether it is added inside or outside the root, and to keep Adam from magnifying the rounding of
# gradients that are zero, which those of biases before a batch normalization are.
ADAM_EPSILON = 0.001


def exact(tensor):
    return (tensor.double() * 1024).round() / 1024


def tensors(model):
    return {name: tensor for name, tensor in model.state_dict().items() if "num_batches" not in name}


def loss(terms):
    return terms["reconstruction"].mean() + BETA * terms["kl"].mean()


def metadata(image, channels, hidden, latent, count):
    entries = dict(
        generator=os.path.basename(__file__),
        generator_version=VERSION,
        pytorch=torch.__version__,
        python=platform.python_version(),
        image=image,
        channels=channels,
        hidden=hidden,
        latent=latent,
        count=count,
        steps=STEPS,
        beta=BETA,
        learning_rate=LEARNING_RATE,
        adam_beta1=ADAM_BETAS[0],
        adam_beta2=ADAM_BETAS[1],
        adam_epsilon=ADAM_EPSILON,
    )
    return {
        key: " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        for key, value in entries.items()
    }


def content(image, channels, hidden, latent, count):
    torch.manual_seed(1)
    model = Model(image, channels, hidden, latent)
    make_unlike_new(model)
    model.double()
    for tensor in tensors(model).values():
        tensor.copy_(exact(tensor))
    batches = [(exact(torch.rand(count, *image)), exact(torch.randn(count, latent))) for _ in range(STEPS)]
    written = {}

    def write(part, named):
        for name, tensor in named.items():
            written[f"{part}.{name}"] = tensor.detach().clone()

    write("initial", tensors(model))
    for step, (images, noise) in enumerate(batches):
        write("images", {step: images})
        write("noise", {step: noise})

    model.eval()
    write("evaluation", model(*batches[0]))

    model.train()
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE, betas=ADAM_BETAS, eps=ADAM_EPSILON)
    for step, batch in enumerate(batches):
        optimizer.zero_grad()
        terms = model(*batch)
        loss(terms).backward()
        if step == 0:
            write("training", terms)
            write("gradient", {name: parameter.grad for name, parameter in model.named_parameters()})
        write("figures", {step: torch.stack([terms["reconstruction"].mean(), terms["kl"].mean()])})
        optimizer.step()
    write("final", tensors(model))
    for part, key in (("first_moment", "exp_avg"), ("second_moment", "exp_avg_sq")):
        write(part, {name: optimizer.state[parameter][key] for name, parameter in model.named_parameters()})
    return written


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder = os.path.dirname(os.path.abspath(__file__))
    for case, sizes in CASES.items():
        safetensors_file.write(os.path.join(folder, case + ".safetensors"), content(**sizes), metadata(**sizes))
