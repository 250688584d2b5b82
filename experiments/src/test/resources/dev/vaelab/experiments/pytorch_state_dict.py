"""Writes state_dict.safetensors: the state_dict() of a small model that PyTorch trained for a few steps.

    PYTHONPATH=../../../../../../../vae-testkit/src/main/resources/dev/vaelab/testkit/golden python3 pytorch_state_dict.py

writes it into this folder; it needs PyTorch (the file there is of Debian 12's package python3-torch) and nothing else. The
metadata have what PyTorch gives for the test images of TinyExperiment, in nats per image.

The log-variances are so small that the noise, which differs from program to program, changes nothing.
"""

import os
import platform

import torch

import safetensors_file
from pytorch_model import Model, make_unlike_new

STEPS = 3
LOG_VARIANCE = -30


def images(count):
    """What TinyExperiment writes."""
    return (torch.arange(count * 64) * 37 % 256).view(count, 1, 8, 8).float() / 255


torch.manual_seed(1)
torch.set_num_threads(1)
model = Model(image=(1, 8, 8), channels=[3, 4], hidden=6, latent=2)
make_unlike_new(model)
optimizer = torch.optim.SGD(model.parameters(), lr=0.001)
for step in range(STEPS):
    optimizer.zero_grad()
    terms = model(images(16), torch.randn(16, 2))
    (terms["reconstruction"] + terms["kl"]).mean().backward()
    optimizer.step()
with torch.no_grad():
    model.encoder.log_variance.bias.fill_(LOG_VARIANCE)
    terms = model.eval()(images(8), torch.randn(8, 2))

# As of a state_dict from anywhere: in another order than the layers have.
state = dict(reversed(list(model.state_dict().items())))
safetensors_file.write(
    os.path.join(os.path.dirname(os.path.abspath(__file__)), "state_dict.safetensors"),
    state,
    dict(
        format="pt",
        generator=os.path.basename(__file__),
        generator_version="1",
        pytorch=torch.__version__,
        python=platform.python_version(),
        reconstruction=repr(terms["reconstruction"].double().mean().item()),
        kl=repr(terms["kl"].double().mean().item()),
    ),
)
