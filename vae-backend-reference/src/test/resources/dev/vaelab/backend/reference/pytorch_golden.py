"""Writes pytorch-golden.txt, what PyTorch computes in float64 for small models, to standard output.

    python3 pytorch_golden.py > pytorch-golden.txt

Inputs are multiples of 1/1024, so that they cross the float32 border of a backend unchanged and the file stays small. It
is a list of lines: a key, and numbers or words, separated by spaces. Numbers are written so that reading gives the same
float64 again.
"""

import sys

import torch
from torch import nn
from torch.nn import functional

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
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                # Other than the defaults 1, 0, 0 and 1, which could hide a mistake.
                nn.init.uniform_(module.weight, 0.5, 1.5)
                nn.init.uniform_(module.bias, -0.5, 0.5)
                nn.init.uniform_(module.running_mean, -0.5, 0.5)
                nn.init.uniform_(module.running_var, 0.5, 1.5)
        self.double()
        for tensor in tensors(self).values():
            tensor.copy_(exact(tensor))

    def forward(self, images, noise):
        mean, log_variance = self.encoder(images)
        logits = self.decoder(mean + torch.exp(log_variance / 2) * noise)
        reconstruction = functional.binary_cross_entropy_with_logits(logits, images, reduction="none")
        kl = (mean ** 2 + log_variance.exp() - 1 - log_variance) / 2
        return dict(
            mean=mean,
            log_variance=log_variance,
            logits=logits,
            reconstruction=reconstruction.flatten(1).sum(1),
            kl=kl.sum(1),
        )


def exact(tensor):
    return (tensor.double() * 1024).round() / 1024


def write(key, tensor):
    values = torch.as_tensor(tensor, dtype=torch.float64).flatten().tolist()
    print(key, *[repr(value) for value in values])


def tensors(model):
    return {name: tensor for name, tensor in model.state_dict().items() if "num_batches" not in name}


def loss(terms):
    return terms["reconstruction"].mean() + BETA * terms["kl"].mean()


def write_case(name, image, channels, hidden, latent, count):
    torch.manual_seed(1)
    model = Model(image, channels, hidden, latent)
    batches = [(exact(torch.rand(count, *image)), exact(torch.randn(count, latent))) for _ in range(STEPS)]
    print("case", name)
    print("image", *image)
    print("channels", *channels)
    print("hidden", hidden)
    print("latent", latent)
    print("count", count)
    for tensor_name, tensor in tensors(model).items():
        write("initial." + tensor_name, tensor)
    for step, (images, noise) in enumerate(batches):
        write(f"images.{step}", images)
        write(f"noise.{step}", noise)

    model.eval()
    for term, tensor in model(*batches[0]).items():
        write("evaluation." + term, tensor)

    model.train()
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE, betas=ADAM_BETAS, eps=ADAM_EPSILON)
    for step, batch in enumerate(batches):
        optimizer.zero_grad()
        terms = model(*batch)
        loss(terms).backward()
        if step == 0:
            for term, tensor in terms.items():
                write("training." + term, tensor)
            for tensor_name, parameter in model.named_parameters():
                write("gradient." + tensor_name, parameter.grad)
        write(f"figures.{step}", [terms["reconstruction"].mean(), terms["kl"].mean()])
        optimizer.step()
    for tensor_name, tensor in tensors(model).items():
        write("final." + tensor_name, tensor)
    for tensor_name, parameter in model.named_parameters():
        write("first_moment." + tensor_name, optimizer.state[parameter]["exp_avg"])
        write("second_moment." + tensor_name, optimizer.state[parameter]["exp_avg_sq"])


torch.set_num_threads(1)
print("writer pytorch", torch.__version__, "python", sys.version.split()[0])
print("beta", BETA)
print("learning_rate", LEARNING_RATE)
print("adam_betas", *ADAM_BETAS)
print("adam_epsilon", ADAM_EPSILON)
for case_name, case in CASES.items():
    write_case(case_name, **case)
