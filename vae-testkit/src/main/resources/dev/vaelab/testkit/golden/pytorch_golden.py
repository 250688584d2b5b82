"""Writes a file for each of CASES: a small model, and what PyTorch computes with it in float64.

    python3 pytorch_golden.py

writes them into this folder; it needs PyTorch (the files there are of Debian 12's package python3-torch) and nothing else.
Whoever changes what is written counts VERSION up.

The metadata have the sizes and settings, and what wrote the file. The tensors, each named PART.NAME:

    initial, final       weights and running statistics, before and after all steps of the optimizer
    images, noise        inputs of each step; the first ones are those of evaluation, training and gradient, too
    evaluation           forward pass by the running statistics
    training             forward pass by the statistics of the batch, in the first step
    gradient             in the first step, of the mean over the batch of reconstruction + beta * KL, before clipping
    figures              reconstruction and KL of each step, means over the batch, before the weights changed
    first_moment, second_moment or velocity
                         what the optimizer remembers after all steps

Weights and inputs are multiples of 1/1024, so that they cross the float32 border of a backend unchanged.
"""

import os
import platform

import torch

import safetensors_file
from pytorch_model import Model, make_unlike_new

VERSION = 4
GREY = dict(image=(1, 8, 8), channels=[3, 4], hidden=6, latent=3, count=5)
COLOUR = dict(image=(3, 8, 16), channels=[2, 3, 2], hidden=5, latent=2, count=3)
# The epsilon is large enough to tell whether it is added inside or outside the root, and to keep Adam from magnifying the
# rounding of gradients that are zero, which those of biases before a batch normalization are.
ADAM = dict(learning_rate=0.01, adam_beta1=0.8, adam_beta2=0.99, adam_epsilon=0.001)
# The limits of the gradients are shorter than any gradient here, so that every step is clipped.
# A seed is good if no gradient is a small difference of large numbers: ContractCaseTest sees to that.
CASES = {
    "grey": (GREY, dict(ADAM, seed=1, weight_decay=0)),
    "colour": (COLOUR, dict(ADAM, seed=1, weight_decay=0)),
    "decay": (GREY, dict(ADAM, seed=1, weight_decay=3, clip_norm=0.5)),
    "descent": (GREY, dict(seed=4, variance=0.3, learning_rate=0.1, momentum=0.8, clip_norm=0.5)),
}
STEPS = 5
BETA = 1.5
SLOTS = {"exp_avg": "first_moment", "exp_avg_sq": "second_moment", "momentum_buffer": "velocity"}


def exact(tensor):
    return (tensor.double() * 1024).round() / 1024


def tensors(model):
    return {name: tensor for name, tensor in model.state_dict().items() if "num_batches" not in name}


def loss(terms):
    return terms["reconstruction"].mean() + BETA * terms["kl"].mean()


def metadata(sizes, settings):
    entries = dict(
        generator=os.path.basename(__file__),
        generator_version=VERSION,
        pytorch=torch.__version__,
        python=platform.python_version(),
        steps=STEPS,
        beta=BETA,
        **sizes,
        **settings,
    )
    return {
        key: " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        for key, value in entries.items()
    }


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


def content(sizes, settings):
    torch.manual_seed(settings["seed"])
    sizes = dict(sizes)
    count = sizes.pop("count")
    model = Model(**sizes, variance=settings.get("variance"))
    make_unlike_new(model)
    model.double()
    for tensor in tensors(model).values():
        tensor.copy_(exact(tensor))
    batches = [
        (exact(torch.rand(count, *sizes["image"])), exact(torch.randn(count, sizes["latent"]))) for _ in range(STEPS)
    ]
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
    optimizer = make_optimizer(model, settings)
    for step, batch in enumerate(batches):
        optimizer.zero_grad()
        terms = model(*batch)
        loss(terms).backward()
        if step == 0:
            write("training", terms)
            write("gradient", {name: parameter.grad for name, parameter in model.named_parameters()})
        write("figures", {step: torch.stack([terms["reconstruction"].mean(), terms["kl"].mean()])})
        if "clip_norm" in settings:
            length = torch.nn.utils.clip_grad_norm_(model.parameters(), settings["clip_norm"])
            assert length > settings["clip_norm"]
        optimizer.step()
    write("final", tensors(model))
    for name, parameter in model.named_parameters():
        for key, slot in SLOTS.items():
            if key in optimizer.state[parameter]:
                write(slot, {name: optimizer.state[parameter][key]})
    return written


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder = os.path.dirname(os.path.abspath(__file__))
    for case, (case_sizes, case_settings) in CASES.items():
        path = os.path.join(folder, case + ".safetensors")
        safetensors_file.write(path, content(case_sizes, case_settings), metadata(case_sizes, case_settings))
