"""Renders a training set and trains food-cnn on one GPU. usage: python train_classifier.py OUT

The network has the layout of the homework's classifier (38 entries in `cnn`), with narrower layers.
Writes OUT/model.safetensors with the classes, widths and held-out accuracy in its metadata.
"""

import random
import sys
import time
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file

import renderer
from scenes import CLASSES, random_scene

DEVICE = "cuda"
WIDTHS, BLOCKS, HIDDEN = [32, 32, 64, 128, 128], [3, 3, 3, 1, 1], 256
PICTURES, HELD_OUT, RENDER_SECONDS = 20_000, 1_104, 110
EPOCHS, BATCH = 40, 128
PRIMITIVES = (
    44  # every batch of scenes is padded to this many, so that the compiled distance function fits all
)


class Classifier(nn.Module):
    def __init__(self, widths=WIDTHS, hidden=HIDDEN):
        super().__init__()
        layers, channels = [], 3
        for width, blocks in zip(widths, BLOCKS):
            for _ in range(blocks):
                layers += [nn.Conv2d(channels, width, 3, 1, 1), nn.BatchNorm2d(width), nn.ReLU()]
                channels = width
            layers.append(nn.MaxPool2d(2, 2, 0))
        self.cnn = nn.Sequential(*layers)
        self.fc = nn.Sequential(
            nn.Linear(channels * 16, hidden), nn.ReLU(), nn.Dropout(0.3), nn.Linear(hidden, len(CLASSES))
        )

    def forward(self, x):
        return self.fc(self.cnn(x).flatten(1))


def compile_renderer():
    pack = renderer.pack

    def padded_pack(scenes, device):
        packed = {name: tensor[:, :PRIMITIVES] for name, tensor in pack(scenes, device).items()}
        missing = PRIMITIVES - packed["shape"].shape[1]
        return {
            name: F.pad(
                tensor, (0,) * (2 * (tensor.dim() - 2)) + (0, missing), value=-1 if name == "shape" else 0
            )
            for name, tensor in packed.items()
        }

    renderer.pack = padded_pack
    renderer.distances = torch.compile(renderer.distances, dynamic=False)


def render_batch(rng, count, first_label):
    """-> uint8 [count,3,128,128]; labels run on from `first_label`."""
    scenes = [random_scene(rng, (first_label + i) % len(CLASSES)) for i in range(count)]
    pictures, _ = renderer.render(
        scenes, size=192, oversampling=1, steps=44, shadow_steps=9, seed=rng.randrange(1 << 30)
    )
    small = F.interpolate(
        pictures.permute(0, 3, 1, 2).float(), size=128, mode="bilinear", antialias=True, align_corners=False
    )
    return small.round().clamp(0, 255).byte()


def render_set(seed, count, seconds=float("inf")):
    rng, started, batches = random.Random(seed), time.time(), []
    while len(batches) * 16 < count and time.time() - started < seconds:
        batches.append(render_batch(rng, 16, len(batches) * 16))
    pictures = torch.cat(batches)
    return pictures, torch.arange(len(pictures), device=DEVICE) % len(CLASSES)


def augment(x):
    """Small rotation, scale, mirror, shift, colour, brightness and noise."""

    def uniform(*shape):
        return torch.rand(len(x), *shape, device=DEVICE) - 0.5

    angle, scale = uniform() * 0.5, 1 + uniform() * 0.35
    mirror = torch.where(uniform() < 0, -1.0, 1.0)
    rows = [
        torch.stack([mirror * scale * torch.cos(angle), -scale * torch.sin(angle), uniform() * 0.25], -1),
        torch.stack([mirror * scale * torch.sin(angle), scale * torch.cos(angle), uniform() * 0.25], -1),
    ]
    grid = F.affine_grid(torch.stack(rows, 1), x.shape, align_corners=False)
    x = F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)
    x = x * (1 + uniform(3, 1, 1) * 0.25) * (1 + uniform(1, 1, 1) * 0.4) + uniform(1, 1, 1) * 0.12
    return (x + torch.randn_like(x) * 0.03 * (uniform(1, 1, 1) + 0.5)).clamp(0, 1)


@torch.no_grad()
def accuracy(model, pictures, labels):
    model.eval()
    guesses = [model(part.float() / 255).argmax(1) for part in pictures.split(256)]
    return (torch.cat(guesses) == labels).float().mean().item()


def train(pictures, labels, held_out):
    torch.manual_seed(1)
    model = Classifier().to(DEVICE).to(memory_format=torch.channels_last)
    steps = len(pictures) // BATCH
    optimiser = torch.optim.AdamW(model.parameters(), 1e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, 3e-3, total_steps=EPOCHS * steps, pct_start=0.15
    )
    for epoch in range(EPOCHS):
        model.train()
        order = torch.randperm(len(pictures), device=DEVICE)
        for chosen in order[: steps * BATCH].split(BATCH):
            x = augment(pictures[chosen].float() / 255).contiguous(memory_format=torch.channels_last)
            with torch.autocast("cuda", torch.bfloat16):
                loss = F.cross_entropy(model(x), labels[chosen], label_smoothing=0.05)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
        if epoch % 5 == 4:
            print("epoch", epoch + 1, "loss", round(loss.item(), 4), "held out", accuracy(model, *held_out))
    return model.eval().float().to(memory_format=torch.contiguous_format)


def main(folder):
    torch.manual_seed(0)
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.backends.cudnn.allow_tf32 = True
    compile_renderer()
    pictures, labels = render_set(7, PICTURES, RENDER_SECONDS)
    held_out = render_set(99, HELD_OUT)
    model = train(pictures, labels, held_out)
    weights = {
        k: v.detach().cpu().contiguous() for k, v in model.state_dict().items() if "num_batches" not in k
    }
    Path(folder).mkdir(parents=True, exist_ok=True)
    save_file(
        weights,
        Path(folder) / "model.safetensors",
        metadata={
            "widths": ",".join(map(str, WIDTHS)),
            "fc": str(HIDDEN),
            "classes": "|".join(CLASSES),
            "val_accuracy": str(accuracy(model, *held_out)),
        },
    )


if __name__ == "__main__":
    main(sys.argv[1])
