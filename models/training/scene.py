"""A scene: primitives with a shape, a place and a material, each belonging to a named object."""

import math

BOX, ELLIPSOID, CONE, TORUS, CAPSULE, BOWL, WEDGE = range(7)
PLAIN, STRIPE, DOTS, GRAIN, LAYERS, WOOD, GRILL, GRID = range(8)

TABLE_COLOURS = [
    (0.55, 0.38, 0.24),
    (0.42, 0.27, 0.17),
    (0.70, 0.62, 0.52),
    (0.30, 0.32, 0.36),
    (0.78, 0.76, 0.72),
    (0.62, 0.30, 0.26),
    (0.36, 0.46, 0.52),
]


class Scene:
    """Table, camera and light are drawn from `rng` at once; the order of draws is part of a seed's meaning."""

    def __init__(self, rng):
        self.rng = rng
        self.primitives = []
        self.names = ["table"]  # object id -> name; the table is 0
        self.table = rng.choice(TABLE_COLOURS)
        self.table_pattern = rng.choice([WOOD, WOOD, PLAIN, DOTS])
        self.camera_yaw = rng.uniform(-0.6, 0.6)
        self.camera_pitch = rng.uniform(0.45, 1.05)
        self.camera_distance = rng.uniform(4.6, 5.8)
        self.look = (rng.uniform(-0.15, 0.15), 0.35, rng.uniform(-0.15, 0.15))
        self.field_of_view = rng.uniform(0.30, 0.36)
        angle = rng.uniform(-2.4, 2.4)
        self.light = (math.sin(angle) * 0.6, 1.0, math.cos(angle) * 0.6)
        self.ambient = rng.uniform(0.32, 0.5)

    def new_object(self, name):
        self.names.append(name)
        return len(self.names) - 1

    def add(
        self,
        object_id,
        shape,
        centre,
        size,
        colour,
        pattern=PLAIN,
        second_colour=None,
        frequency=10.0,
        yaw=0.0,
        tilt=0.0,
        roll=0.0,
    ):
        """`size` is read by the shape (see `distances` in renderer.py); a capsule's is its other end and radius."""
        self.primitives.append(
            (
                object_id,
                shape,
                centre,
                size,
                colour,
                pattern,
                second_colour or colour,
                frequency,
                yaw,
                tilt,
                roll,
            )
        )


def jitter(rng, colour, amount=0.06):
    return tuple(min(1, max(0, channel + rng.uniform(-amount, amount))) for channel in colour)
