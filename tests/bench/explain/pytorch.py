"""Times the explainers' arithmetic in PyTorch: python3 pytorch.py MODEL.safetensors BATCH REPEATS, one JSON line.

With captum and lime (pip install captum lime) also theirs; `missing` names the ones that are not installed.

Times are wall-clock medians in seconds after a run that is not counted, the device waited for. TF32 is off, except in
the entries that name it.
"""

import json
import sys
import time

import torch

from classifier import build, read_safetensors


def main():
    path, batch, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cudnn.benchmark = True
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
    model = build(read_safetensors(path)).to(device)
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    torch.manual_seed(0)
    picture = torch.rand(3, 128, 128, device=device)
    filled = picture.mean((1, 2), keepdim=True).expand_as(picture)
    labels = torch.randint(0, 150, (128, 128), device=device)
    shown = torch.randint(0, 2, (1000, 150)).float()

    def gradients(pictures):
        pictures = pictures.detach().requires_grad_()
        (gradient,) = torch.autograd.grad(model(pictures)[:, 0].sum(), pictures)
        return gradient

    def lime_copies():
        with torch.no_grad():
            logits = []
            for rows in shown.split(batch):
                mask = rows.to(device)[:, labels][:, None] > 0
                logits.append(model(torch.where(mask, picture, filled)))
            return torch.cat(logits).cpu()

    def smooth_grad():
        total = torch.zeros_like(picture)
        for count in [batch] * (500 // batch) + ([500 % batch] if 500 % batch else []):
            noise = torch.randn(count, *picture.shape, device=device)
            total += gradients(picture + 0.1 * noise).abs().sum(0)
        return (total / 500).cpu()

    def integrated_gradients(steps):
        factors = torch.linspace(0, 1, steps, device=device)[:, None, None, None]
        parts = [gradients(part * picture) for part in factors.split(batch)]
        return torch.cat(parts).mean(0).cpu()

    def half_copies():
        with torch.autocast(device, dtype=torch.float16):
            return lime_copies()

    work = {
        "saliency": lambda: gradients(picture[None]).cpu(),
        "smooth-grad": smooth_grad,
        "integrated-gradients": lambda: integrated_gradients(10),
        "logits of 1,000 copies": lime_copies,
    }
    missing = []
    for package, references in (("captum", captum_references), ("lime", lime_references)):
        try:
            work.update(references(model, picture, batch))
        except ImportError:
            missing.append(package)
    seconds = {name: median_seconds(run, device, repeats) for name, run in work.items()}
    if device == "cuda":
        seconds["logits of 1,000 copies, float16"] = median_seconds(half_copies, device, repeats)
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = True
        seconds["logits of 1,000 copies, tf32"] = median_seconds(lime_copies, device, repeats)
    name = torch.cuda.get_device_name() if device == "cuda" else f"CPU, {torch.get_num_threads()} threads"
    found = {"torch": torch.__version__, "device": device, "name": name, "seconds": seconds, "missing": missing}
    print(json.dumps(found))


def captum_references(model, picture, batch):
    from captum.attr import IntegratedGradients, NoiseTunnel, Saliency

    one = picture[None]
    integrated, saliency = IntegratedGradients(model), Saliency(model)
    tunnel = NoiseTunnel(saliency)
    noise = {"nt_type": "smoothgrad", "nt_samples": 500, "nt_samples_batch_size": batch, "stdevs": 0.1}
    return {
        "saliency, captum": lambda: saliency.attribute(one, target=0).cpu(),
        "smooth-grad, captum": lambda: tunnel.attribute(one, target=0, **noise).cpu(),
        "integrated-gradients, captum": lambda: integrated.attribute(one, target=0, n_steps=10).cpu(),
    }


def lime_references(model, picture, batch):
    from lime.lime_image import LimeImageExplainer
    from skimage.segmentation import slic

    device = picture.device
    image = picture.permute(1, 2, 0).double().cpu().numpy()

    def classify(pictures):
        with torch.no_grad():
            given = torch.from_numpy(pictures).permute(0, 3, 1, 2).float().to(device)
            return model(given).cpu().numpy()

    def explain():
        segment = lambda picture: slic(picture, n_segments=200, compactness=1, sigma=1)
        LimeImageExplainer(verbose=False).explain_instance(
            image, classify, labels=(0,), top_labels=None, num_samples=1000, batch_size=batch,
            segmentation_fn=segment, progress_bar=False,
        )

    return {"lime, marcotcr/lime": explain}


def median_seconds(run, device, repeats):
    seconds = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        run()
        if device == "cuda":
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - start)
    return sorted(seconds[1:])[repeats // 2]


main()
