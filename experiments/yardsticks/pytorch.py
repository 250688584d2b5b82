"""The recipe's network trained by PyTorch from Python, with the project's own model in PyTorch (PYTHONPATH names its folder).

Prints images per second without the first steps. Arguments: IDX file of images (gzip), how many images, threads.
"""

import gzip
import sys
import time

import numpy
import torch
from pytorch_model import Model

BATCH = 128
LATENT = 20
WARM_UP_STEPS = 20

torch.manual_seed(0)
torch.set_num_threads(int(sys.argv[3]))
with gzip.open(sys.argv[1]) as file:
    pixels = numpy.frombuffer(file.read(), dtype=numpy.uint8, offset=16).reshape(-1, 1, 28, 28)
images = torch.from_numpy(pixels / numpy.float32(255))
model = Model((1, 28, 28), [32, 64], 256, LATENT)
adam = torch.optim.Adam(model.parameters(), 1e-3)
steps = int(sys.argv[2]) // BATCH
for step in range(steps):
    if step == WARM_UP_STEPS:
        start = time.perf_counter()
    offset = step * BATCH % (len(images) - BATCH)
    batch = images[offset : offset + BATCH]
    terms = model(batch, torch.randn(BATCH, LATENT))
    loss = (terms["reconstruction"] + terms["kl"]).mean()
    adam.zero_grad()
    loss.backward()
    adam.step()
seconds = time.perf_counter() - start
speed = (steps - WARM_UP_STEPS) * BATCH / seconds
print(f"{speed:.0f} images/s, {sys.argv[3]} threads, last loss {loss.item():.1f}, PyTorch {torch.__version__}")
