"""The model in PyTorch, with the names that weight files have.

A state_dict() of Model, written with safetensors.torch.save_file, is a file that `./vae evaluate --weights` reads, and
load_state_dict() takes the weights of a checkpoint. The recipe's model is Model((1, 28, 28), [32, 64], 256, 20).
"""

import torch
from torch import nn
from torch.nn import functional

KERNEL = dict(kernel_size=4, stride=2, padding=1)


class Encoder(nn.Module):
    def __init__(self, image, channels, hidden, latent):
        super().__init__()
        inputs = [image[0]] + channels
        for layer in range(1, len(inputs)):
            setattr(self, f"conv{layer}", nn.Conv2d(inputs[layer - 1], inputs[layer], **KERNEL))
            setattr(self, f"bn{layer}", nn.BatchNorm2d(inputs[layer]))
        self.layers = len(channels)
        flat = channels[-1] * (image[1] >> self.layers) * (image[2] >> self.layers)
        self.fc = nn.Linear(flat, hidden)
        self.mean = nn.Linear(hidden, latent)
        self.log_variance = nn.Linear(hidden, latent)

    def forward(self, images):
        features = images
        for layer in range(1, self.layers + 1):
            features = getattr(self, f"conv{layer}")(features)
            features = functional.relu(getattr(self, f"bn{layer}")(features))
        summary = functional.relu(self.fc(features.flatten(1)))
        return self.mean(summary), self.log_variance(summary)


class Decoder(nn.Module):
    def __init__(self, image, channels, hidden, latent):
        super().__init__()
        self.layers = len(channels)
        self.shape = (channels[-1], image[1] >> self.layers, image[2] >> self.layers)
        self.fc1 = nn.Linear(latent, hidden)
        self.fc2 = nn.Linear(hidden, self.shape[0] * self.shape[1] * self.shape[2])
        outputs = channels[::-1] + [image[0]]
        for layer in range(1, self.layers + 1):
            setattr(self, f"deconv{layer}", nn.ConvTranspose2d(outputs[layer - 1], outputs[layer], **KERNEL))
            if layer < self.layers:
                setattr(self, f"bn{layer}", nn.BatchNorm2d(outputs[layer]))

    def forward(self, latents):
        features = functional.relu(self.fc2(functional.relu(self.fc1(latents)))).view(-1, *self.shape)
        for layer in range(1, self.layers):
            features = getattr(self, f"deconv{layer}")(features)
            features = functional.relu(getattr(self, f"bn{layer}")(features))
        return getattr(self, f"deconv{self.layers}")(features)


class Model(nn.Module):
    def __init__(self, image, channels, hidden, latent):
        super().__init__()
        self.encoder = Encoder(image, channels, hidden, latent)
        self.decoder = Decoder(image, channels, hidden, latent)

    def forward(self, images, noise):
        """Everything on the way; the two terms of the loss are in nats, one value for each image."""
        mean, log_variance = self.encoder(images)
        latents = mean + torch.exp(log_variance / 2) * noise
        logits = self.decoder(latents)
        reconstruction = functional.binary_cross_entropy_with_logits(logits, images, reduction="none")
        kl = (mean ** 2 + log_variance.exp() - 1 - log_variance) / 2
        return dict(
            mean=mean,
            log_variance=log_variance,
            latents=latents,
            logits=logits,
            reconstruction=reconstruction.flatten(1).sum(1),
            kl=kl.sum(1),
        )


def make_unlike_new(model):
    """Gives batch normalization other values than its first ones, 1, 0, 0 and 1, which could hide a mistake."""
    for module in model.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.5, 0.5)
            nn.init.uniform_(module.running_mean, -0.5, 0.5)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
