"""Renders the pictures of the example assignment "sanity checks" at 256 pixels, with masks of its regions.

usage: python render_examples.py OUT [cpu|cuda]     (a minute a picture on a CPU)

Region ids in a mask are places in the picture's list of regions, from 1; docs/interchange.md says how an assignment
names both. The scenes are random ones of the training's eleven classes, with seeds that the training never used, but
for `blackplate`, which is laid out by hand: a black thing and a white one are what its question needs.
"""

import random
import sys
from pathlib import Path

import numpy
from PIL import Image

from foods import rice
from renderer import render
from scene import CONE, PLAIN, TORUS, Scene
from scenes import random_scene

# name: class, seed. Chosen by eye among six of each class, before any map was made of them.
RANDOM = {
    "cupcakes": (2, 20260201),
    "strawberry": (10, 20261000),
    "cheeseblock": (1, 20260103),
    "salmonslices": (8, 20260804),
    "ricebowl": (7, 20260703),
}


def black_plate(seed=20260900):
    """White rice on a black plate, on a table that is neither."""
    scene = Scene(random.Random(seed))
    scene.table, scene.table_pattern = (0.36, 0.46, 0.52), PLAIN
    scene.camera_yaw, scene.camera_pitch, scene.camera_distance = 0.1, 0.95, 5.2
    scene.look, scene.field_of_view, scene.ambient = (0, 0.3, 0), 0.33, 0.4
    black = (0.004, 0.004, 0.004)
    plate = scene.new_object("plate")
    scene.add(plate, CONE, (0, 0.05, 0), (1.1, 1.5, 0.05), black)
    scene.add(plate, TORUS, (0, 0.10, 0), (1.44, 0.045, 0), black)
    rice(scene, 0, 0, 0.11, 1.0)
    return scene, seed


def main(folder, device="cpu"):
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    scenes = {name: (random_scene(random.Random(seed), label), seed) for name, (label, seed) in RANDOM.items()}
    scenes["blackplate"] = black_plate()
    for name, (scene, seed) in scenes.items():
        picture, objects = render([scene], size=256, device=device, steps=80, shadow_steps=18, seed=seed)
        Image.fromarray(picture[0].cpu().numpy()).save(out / f"{name}.png", optimize=True)
        # Objects of one name are one region; the table is none.
        regions = list(dict.fromkeys(scene.names[1:]))
        ids = numpy.array([0] + [1 + regions.index(name) for name in scene.names[1:]], numpy.uint8)
        mask = ids[objects[0].cpu().numpy()]
        Image.fromarray(mask).save(out / f"{name}.mask.png", optimize=True)
        areas = [int((mask == 1 + place).sum()) for place in range(len(regions))]
        print(name, dict(zip(regions, areas)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
