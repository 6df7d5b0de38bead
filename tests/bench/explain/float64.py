"""Recomputes in float64 what another program computed: python3 float64.py MODEL.safetensors FOLDER, one JSON line.

The folder holds .npy files: `pictures` [n,3,H,W] with their `logits` [n,classes] and `gradients` [n,3,H,W] of class 0,
and a `picture` [3,H,W] with `integrated` [3,H,W], its mean gradient at k/10 of it for k = 0 to 9. For each, the line gives the
relative L2 distance and Pearson's correlation.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch

from classifier import build, read_safetensors


def main():
    model = build(read_safetensors(sys.argv[1])).double()
    folder = Path(sys.argv[2])
    given = {file.stem: np.load(file).astype(np.float64) for file in folder.glob("*.npy")}
    pictures = torch.from_numpy(given["pictures"])

    def logits_and_gradients(pictures):
        pictures = pictures.detach().requires_grad_()
        logits = model(pictures)
        (gradients,) = torch.autograd.grad(logits[:, 0].sum(), pictures)
        return logits.detach().numpy(), gradients.numpy()

    logits, gradients = logits_and_gradients(pictures)
    path = torch.arange(10, dtype=torch.float64)[:, None, None, None] / 10 * torch.from_numpy(given["picture"])
    integrated = logits_and_gradients(path)[1].mean(0)
    exact = {"logits": logits, "gradients": gradients, "integrated": integrated}
    print(json.dumps({name: compare(given[name], value) for name, value in exact.items()}))


def compare(given, exact):
    distance = np.linalg.norm(given - exact) / np.linalg.norm(exact)
    return {"distance": distance, "pearson": np.corrcoef(given.ravel(), exact.ravel())[0, 1]}


main()
