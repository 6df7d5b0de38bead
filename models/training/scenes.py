"""Random scenes of the eleven classes, to train on, and the ten scenes of the assignment."""

import math
import random

from foods import (
    banana,
    bowl,
    bread,
    butter,
    cake,
    cheese,
    chopsticks,
    cupcake,
    egg,
    egg_dish,
    fork,
    fries,
    greens,
    jug,
    meat,
    milk,
    noodles,
    pizza,
    plate,
    rice,
    sashimi,
    shrimp,
    soup,
    strawberry,
    toast,
    tomato,
    vegetable_or_fruit,
    waffle,
)
from scene import BOX, CAPSULE, ELLIPSOID, GRAIN, PLAIN, WOOD, Scene

CLASSES = [
    "Bread",
    "Dairy product",
    "Dessert",
    "Egg",
    "Fried food",
    "Meat",
    "Noodles/Pasta",
    "Rice",
    "Seafood",
    "Soup",
    "Vegetable/Fruit",
]

FOOD_OF_CLASS = {
    0: lambda scene, x, z, y, scale: scene.rng.choice([bread, bread, pizza])(scene, x, z, y, scale),
    1: lambda scene, x, z, y, scale: scene.rng.choice([milk, jug, cheese, butter])(scene, x, z, y, scale),
    2: lambda scene, x, z, y, scale: scene.rng.choice([cake, cupcake, waffle])(scene, x, z, y, scale),
    3: egg_dish,
    4: fries,
    5: meat,
    8: lambda scene, x, z, y, scale: scene.rng.choice([sashimi, shrimp])(scene, x, z, y, scale),
    10: vegetable_or_fruit,
}


def random_scene(rng, label):
    """One scene whose main food is of class `label`, often with a smaller thing of another class beside it."""
    scene = Scene(rng)
    x, z = rng.uniform(-0.3, 0.3), rng.uniform(-0.3, 0.3)
    scale = rng.uniform(0.85, 1.2)
    if label in (6, 7, 9):
        if rng.random() < 0.75 or label == 9:
            y, rim = bowl(scene, None, x, z)
            {
                6: lambda: noodles(scene, x, z, y - 0.12, scale, rim * 0.88),
                7: lambda: rice(scene, x, z, y - 0.10, scale, rim * 0.86),
                9: lambda: soup(scene, x, z, y, scale, rim),
            }[label]()
            top = y + 0.15
        else:
            y = plate(scene, None, x, z)
            {6: lambda: noodles(scene, x, z, y + 0.05, scale), 7: lambda: rice(scene, x, z, y, scale)}[
                label
            ]()
            top = y
        if label in (6, 7) and rng.random() < 0.35:
            rng.choice([greens, egg, meat])(
                scene, x + rng.uniform(0.2, 0.45) * rng.choice([-1, 1]), z + rng.uniform(-0.4, 0.4), top, 0.42
            )
    else:
        y = plate(scene, None, x, z) if rng.random() < 0.7 else 0.0
        FOOD_OF_CLASS[label](scene, x, z, y, scale)
    for _ in range(rng.choice([0, 0, 1, 1, 2])):  # a smaller thing of another class beside it
        a = rng.uniform(0, 6.28)
        d = rng.uniform(1.35, 1.8)
        other = rng.choice([c for c in FOOD_OF_CLASS if c != label])
        FOOD_OF_CLASS[other](scene, x + d * math.cos(a), z + d * math.sin(a), 0.02, rng.uniform(0.42, 0.62))
    if rng.random() < 0.4:
        rng.choice([chopsticks, fork])(scene)
    return scene


def assignment_scene(number, seed):
    """Picture `number` (0 to 9) of the assignment; `seed` decides its details."""
    rng = random.Random(1000 * number + seed)
    scene = Scene(rng)
    uniform = rng.uniform
    scene.camera_yaw = uniform(-0.25, 0.25)
    scene.camera_distance = uniform(4.9, 5.4)
    scene.field_of_view = 0.33
    scene.camera_pitch = uniform(0.75, 1.0)
    scene.look = (0, 0.3, 0)
    if number == 0:
        scene.table = (0.42, 0.27, 0.17)
        plate(scene, 1.5, 0, 0)
        pizza(scene, 0.25, 0.1, 0.1, uniform(1.05, 1.35), uniform(2.6, 3.4))
        fork(scene, -0.95, 0.1, 0.16)
    if number == 1:
        scene.table = rng.choice(
            [
                (0.90, 0.89, 0.87),
                (0.62, 0.30, 0.26),
                (0.36, 0.46, 0.52),
                (0.55, 0.38, 0.24),
                (0.30, 0.32, 0.36),
            ]
        )
        scene.table_pattern = rng.choice([PLAIN, PLAIN, WOOD])
        scene.camera_pitch = uniform(0.50, 0.85)
        butter(scene, 0, 0, 0, uniform(1.0, 1.3), uniform(-0.75, 0.75))
    if number == 2:
        scene.table = rng.choice(
            [
                (0.80, 0.80, 0.78),
                (0.62, 0.30, 0.26),
                (0.36, 0.46, 0.52),
                (0.70, 0.62, 0.52),
                (0.42, 0.52, 0.42),
            ]
        )
        scene.table_pattern = PLAIN
        scene.camera_pitch = uniform(0.45, 0.70)
        jug(scene, uniform(0.05, 0.25), uniform(-0.3, -0.1), 0, uniform(1.05, 1.25), uniform(-0.3, 0.1))
        scale = uniform(0.75, 1.05)
        strawberry(scene, -0.86, uniform(0.55, 0.75), 0, scale)
        strawberry(scene, -0.36, uniform(0.85, 1.05), 0, scale * 0.92)
    if number == 3:
        scene.table = (0.55, 0.16, 0.42)
        scene.table_pattern = PLAIN
        scene.camera_pitch = uniform(0.55, 0.80)
        plate(scene, 1.5, 0, 0.1)
        cake(scene, uniform(0.0, 0.2), 0, 0.11, uniform(1.05, 1.3))
        fork(scene, -1.0, 0.2, 0.18)
    if number == 4:
        scene.table = rng.choice(
            [(0.88, 0.87, 0.86), (0.55, 0.38, 0.24), (0.36, 0.46, 0.52), (0.30, 0.32, 0.36)]
        )
        scene.table_pattern = rng.choice([PLAIN, WOOD])
        scene.camera_pitch = uniform(1.0, 1.25)
        waffle(scene, 0, 0, 0.0, uniform(1.2, 1.4))
    if number == 5:
        scene.table = rng.choice(
            [(0.16, 0.15, 0.17), (0.55, 0.38, 0.24), (0.42, 0.27, 0.17), (0.36, 0.46, 0.52)]
        )
        scene.camera_pitch = uniform(0.95, 1.2)
        plate(scene, 1.5, 0, 0)
        y = toast(scene, 0, 0, 0.1, 1.15, uniform(-0.3, 0.3))
        object_id = scene.new_object("egg")
        scale = uniform(0.9, 1.1)
        x, z = uniform(-0.12, 0.12), uniform(-0.12, 0.12)
        scene.add(
            object_id,
            ELLIPSOID,
            (x, y + 0.03, z + 0.05),
            (0.74 * scale, 0.09, 0.70 * scale),
            (0.97, 0.96, 0.94),
        )
        scene.add(
            object_id,
            ELLIPSOID,
            (x - 0.2, y + 0.03, z + 0.25),
            (0.5 * scale, 0.08, 0.45 * scale),
            (0.97, 0.96, 0.94),
        )
        scene.add(object_id, ELLIPSOID, (x + 0.02, y + 0.09, z), (0.29, 0.17, 0.29), (0.98, 0.58, 0.10))
    if number == 6:
        plate(scene, 1.5, 0, 0)
        meat(scene, uniform(-0.2, 0.0), uniform(0.3, 0.45), 0.11, uniform(0.95, 1.1), "steak")
        fries(scene, uniform(0.2, 0.4), -0.55, 0.11, 0.75)
    if number == 7:
        scene.table = rng.choice([(0.22, 0.20, 0.20), (0.42, 0.27, 0.17), (0.36, 0.46, 0.52)])
        scene.camera_pitch = uniform(0.95, 1.1)
        plate(scene, 1.55, 0, 0)
        scale = uniform(0.92, 1.02)
        noodles(scene, -0.05, 0.05, 0.14, 1.15, scale)
        object_id = scene.new_object("egg")
        scene.add(object_id, ELLIPSOID, (0.30, 0.62, -0.30), (0.44, 0.08, 0.40), (0.97, 0.96, 0.94))
        scene.add(object_id, ELLIPSOID, (0.36, 0.68, -0.28), (0.18, 0.11, 0.18), (0.98, 0.72, 0.12))
        object_id = scene.new_object("rice sausage")
        scene.add(
            object_id,
            CAPSULE,
            (0.25, 0.40, 0.95),
            (0.95, 0.36, 0.45, 0.15),
            (0.84, 0.74, 0.58),
            GRAIN,
            (0.76, 0.62, 0.44),
            8.0,
        )
        greens(scene, -0.98, -0.30, 0.1, 0.85)
    if number == 8:
        scene.camera_yaw, scene.camera_distance, scene.camera_pitch = -0.055, 4.834, 0.92
        scene.table = rng.choice(
            [
                (0.72, 0.68, 0.62),
                (0.42, 0.27, 0.17),
                (0.30, 0.32, 0.36),
                (0.62, 0.30, 0.26),
                (0.16, 0.15, 0.17),
                (0.88, 0.87, 0.86),
            ]
        )
        scene.table_pattern = rng.choice([PLAIN, WOOD])
        object_id = scene.new_object("plate")
        w = uniform(1.35, 1.5)
        scene.add(
            object_id,
            BOX,
            (0, 0.05, 0.1),
            (w, 0.045, w * uniform(0.55, 0.70), 0.04),
            rng.choice([(0.93, 0.93, 0.94), (0.25, 0.27, 0.30), (0.15, 0.15, 0.16), (0.35, 0.42, 0.50)]),
        )
        sashimi(scene, uniform(-0.05, 0.05), 0.15, 0.10, uniform(1.1, 1.4))
        chopsticks(scene, uniform(0.9, 1.1), uniform(-1.3, -1.05), 0.08)
        object_id = scene.new_object("wasabi")
        scene.add(
            object_id,
            ELLIPSOID,
            (w - 0.4, 0.16, -0.3),
            (0.16, 0.13, 0.16),
            (0.45, 0.60, 0.22),
            GRAIN,
            (0.36, 0.50, 0.16),
            14.0,
        )
    if number == 9:
        scene.table = (0.13, 0.12, 0.12)
        scene.camera_pitch = uniform(0.85, 1.0)
        y, r = bowl(scene, 1.3, 0, 0)
        scene.primitives[-1] = (
            scene.primitives[-1][:4]
            + ((0.62, 0.08, 0.08), PLAIN, (0.5, 0.05, 0.05))
            + scene.primitives[-1][7:]
        )
        soup(scene, 0, 0, y, 1.0, r)
    return scene


ASSIGNMENT_LABELS = [0, 1, 1, 2, 2, 3, 5, 6, 8, 9]
