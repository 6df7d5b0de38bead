"""Tableware and foods. Each function draws its details from the scene's own random numbers.

A food takes the scene, its place (x, z), the height y of what it lies on, and a scale.
"""

import math

from scene import (
    BOWL,
    BOX,
    CAPSULE,
    CONE,
    DOTS,
    ELLIPSOID,
    GRAIN,
    GRID,
    GRILL,
    LAYERS,
    PLAIN,
    STRIPE,
    TORUS,
    WEDGE,
    jitter,
)


# ---- tableware -------------------------------------------------------------------------------------------------
def plate(scene, rim=None, x=0, z=0):
    rng = scene.rng
    rim = rim or rng.uniform(1.15, 1.45)
    colour = jitter(
        rng,
        rng.choice(
            [
                (0.93, 0.93, 0.92),
                (0.88, 0.90, 0.95),
                (0.95, 0.92, 0.84),
                (0.35, 0.42, 0.50),
                (0.80, 0.86, 0.82),
            ]
        ),
        0.03,
    )
    object_id = scene.new_object("plate")
    scene.add(object_id, CONE, (x, 0.05, z), (rim * 0.72, rim, 0.05), colour)
    scene.add(object_id, TORUS, (x, 0.10, z), (rim * 0.96, 0.045, 0), colour)
    return 0.11


def bowl(scene, rim=None, x=0, z=0):
    rng = scene.rng
    rim = rim or rng.uniform(0.95, 1.15)
    colour = jitter(
        rng,
        rng.choice(
            [
                (0.92, 0.92, 0.90),
                (0.30, 0.36, 0.48),
                (0.62, 0.22, 0.18),
                (0.85, 0.80, 0.70),
                (0.22, 0.24, 0.24),
            ]
        ),
        0.04,
    )
    object_id = scene.new_object("bowl")
    scene.add(
        object_id,
        BOWL,
        (x, rim * 0.80, z),
        (rim, 0.06, 0),
        colour,
        rng.choice([PLAIN, LAYERS]),
        jitter(rng, colour, 0.1),
        8.0,
    )
    return rim * 0.80, rim


def chopsticks(scene, x=None, z=None, y=0.12):
    rng = scene.rng
    object_id = scene.new_object("chopsticks")
    a = rng.uniform(-0.5, 0.5) + rng.choice([0, math.pi / 2])
    x = rng.choice([-1, 1]) * rng.uniform(1.15, 1.45) if x is None else x
    z = 0 if z is None else z
    colour = jitter(rng, (0.35, 0.18, 0.10), 0.06)
    dx, dz = math.sin(a) * 1.35, math.cos(a) * 1.35
    for offset in (-0.09, 0.09):
        ox, oz = offset * math.cos(a), -offset * math.sin(a)
        scene.add(
            object_id,
            CAPSULE,
            (x + ox - dx, y, z + oz - dz),
            (x + ox + dx, y + 0.06, z + oz + dz, 0.038),
            colour,
        )


def fork(scene, x=None, z=0, y=0.10):
    rng = scene.rng
    object_id = scene.new_object("fork")
    x = rng.choice([-1, 1]) * rng.uniform(1.15, 1.4) if x is None else x
    colour = (0.72, 0.74, 0.78)
    a = rng.uniform(-0.25, 0.25)

    def place(px, pz):
        return (x + px * math.cos(a) + pz * math.sin(a), y, z - px * math.sin(a) + pz * math.cos(a))

    def rod(start, end, thickness):
        scene.add(object_id, CAPSULE, place(*start), (*place(*end), thickness), colour)

    rod((0, 0.9), (0, -0.25), 0.045)
    rod((-0.14, -0.3), (0.14, -0.3), 0.04)
    for tine in (-0.14, 0, 0.14):
        rod((tine, -0.3), (tine, -0.85), 0.025)


# ---- foods: each takes the scene and a position, size ------------------------------------------------------------
def bread(scene, x, z, y, scale, name="bread"):
    rng = scene.rng
    object_id = scene.new_object(name)
    crust = jitter(rng, (0.66, 0.42, 0.20))
    kind = rng.choice(["cube", "loaf", "roll"]) if name == "bread" else name.split(":")[1]
    if kind == "cube":
        scene.add(
            object_id,
            BOX,
            (x, y + 0.52 * scale, z),
            (0.50 * scale, 0.50 * scale, 0.50 * scale, 0.07),
            crust,
            DOTS,
            jitter(rng, (0.82, 0.64, 0.40)),
            rng.uniform(9, 13),
            rng.uniform(-0.8, 0.8),
        )
    elif kind == "loaf":
        scene.add(
            object_id,
            ELLIPSOID,
            (x, y + 0.36 * scale, z),
            (0.95 * scale, 0.44 * scale, 0.50 * scale),
            crust,
            STRIPE,
            jitter(rng, (0.86, 0.70, 0.46)),
            7.0,
            rng.uniform(-1, 1),
        )
    else:
        for i in range(rng.randint(1, 3)):
            scene.add(
                object_id,
                ELLIPSOID,
                (x + (i - 1) * 0.62 * scale, y + 0.30 * scale, z + rng.uniform(-0.25, 0.25) * scale),
                (0.44 * scale, 0.34 * scale, 0.40 * scale),
                crust,
                GRAIN,
                jitter(rng, (0.80, 0.58, 0.32)),
                9.0,
            )


def pizza(scene, x, z, y, scale, yaw=None):
    rng = scene.rng
    object_id = scene.new_object("pizza")
    yaw = rng.uniform(-2.5, 2.5) if yaw is None else yaw
    cheese_colour = jitter(rng, (0.93, 0.72, 0.32), 0.04)
    cx, cz = x - 0.55 * scale * math.sin(yaw), z - 0.55 * scale * math.cos(yaw)
    scene.add(
        object_id,
        WEDGE,
        (cx, y + 0.06, cz),
        (1.25 * scale, 0.045, 0.45),
        cheese_colour,
        DOTS,
        jitter(rng, (0.80, 0.30, 0.12)),
        rng.uniform(9, 12),
        yaw,
    )
    radius = 1.25 * scale
    pts = [
        (cx + radius * math.sin(yaw + t), y + 0.09, cz + radius * math.cos(yaw + t))
        for t in (-0.42, -0.14, 0.14, 0.42)
    ]
    for j in range(3):
        scene.add(
            object_id, CAPSULE, pts[j], (*pts[j + 1], 0.10 * scale), jitter(rng, (0.72, 0.46, 0.20), 0.03)
        )
    for i in range(rng.randint(2, 4)):
        t, d = rng.uniform(-0.22, 0.22), rng.uniform(0.5, 0.95) * scale
        scene.add(
            object_id,
            CONE,
            (cx + d * math.sin(yaw + t), y + 0.12, cz + d * math.cos(yaw + t)),
            (0.13 * scale, 0.13 * scale, 0.02),
            jitter(rng, (0.74, 0.16, 0.10), 0.04),
        )


def toast(scene, x, z, y, scale, yaw=None):
    rng = scene.rng
    object_id = scene.new_object("toast")
    scene.add(
        object_id,
        BOX,
        (x, y + 0.12 * scale, z),
        (0.85 * scale, 0.11 * scale, 0.85 * scale, 0.06),
        jitter(rng, (0.64, 0.38, 0.16)),
        GRAIN,
        jitter(rng, (0.44, 0.22, 0.09)),
        6.0,
        rng.uniform(-0.8, 0.8) if yaw is None else yaw,
    )
    return y + 0.23 * scale


def jug(scene, x, z, y, scale, side=None):
    rng = scene.rng
    object_id = scene.new_object("milk bottle")
    w = jitter(rng, (0.96, 0.95, 0.93), 0.02)
    a = rng.uniform(-0.6, 0.6) if side is None else side
    scene.add(object_id, ELLIPSOID, (x, y + 0.52 * scale, z), (0.56 * scale, 0.54 * scale, 0.56 * scale), w)
    scene.add(object_id, CONE, (x, y + 1.06 * scale, z), (0.30 * scale, 0.40 * scale, 0.22 * scale), w)
    scene.add(
        object_id,
        TORUS,
        (x + 0.58 * scale * math.cos(a), y + 0.78 * scale, z + 0.58 * scale * math.sin(a)),
        (0.27 * scale, 0.055 * scale, 0),
        w,
        yaw=-a,
        tilt=1.5708,
    )


def butter(scene, x, z, y, scale, yaw=None):
    rng = scene.rng
    object_id = scene.new_object("butter")
    scene.add(
        object_id,
        BOX,
        (x, y + 0.40 * scale, z),
        (0.80 * scale, 0.38 * scale, 0.46 * scale, 0.05),
        jitter(rng, (0.97, 0.86, 0.42), 0.03),
        PLAIN,
        (0.97, 0.86, 0.42),
        8.0,
        rng.uniform(-0.9, 0.9) if yaw is None else yaw,
    )


def milk(scene, x, z, y, scale):
    rng = scene.rng
    object_id = scene.new_object("milk bottle")
    w = jitter(rng, (0.96, 0.95, 0.93), 0.02)
    cap = jitter(
        rng,
        rng.choice([(0.20, 0.35, 0.70), (0.75, 0.18, 0.16), (0.20, 0.55, 0.35), (0.85, 0.80, 0.30)]),
        0.04,
    )
    scene.add(object_id, CONE, (x, y + 0.55 * scale, z), (0.36 * scale, 0.36 * scale, 0.55 * scale), w)
    scene.add(object_id, CONE, (x, y + 1.26 * scale, z), (0.35 * scale, 0.17 * scale, 0.18 * scale), w)
    scene.add(object_id, CONE, (x, y + 1.54 * scale, z), (0.17 * scale, 0.17 * scale, 0.12 * scale), w)
    scene.add(object_id, CONE, (x, y + 1.68 * scale, z), (0.20 * scale, 0.20 * scale, 0.06 * scale), cap)


def cheese(scene, x, z, y, scale):
    rng = scene.rng
    object_id = scene.new_object("cheese")
    c = jitter(rng, (0.95, 0.78, 0.28))
    yaw = rng.uniform(-1, 1)
    scene.add(
        object_id,
        BOX,
        (x, y + 0.32 * scale, z),
        (0.62 * scale, 0.30 * scale, 0.42 * scale, 0.05),
        c,
        DOTS,
        jitter(rng, (0.78, 0.58, 0.14)),
        rng.uniform(5, 8),
        yaw,
    )


def cake(scene, x, z, y, scale):
    rng = scene.rng
    object_id = scene.new_object("cake")
    sponge = jitter(rng, rng.choice([(0.86, 0.66, 0.38), (0.42, 0.24, 0.14), (0.80, 0.42, 0.42)]))
    cream = jitter(rng, (0.97, 0.92, 0.88), 0.03)
    yaw = rng.uniform(-1, 1)
    if rng.random() < 0.6:
        scene.add(
            object_id,
            BOX,
            (x, y + 0.40 * scale, z),
            (0.66 * scale, 0.38 * scale, 0.46 * scale, 0.04),
            sponge,
            LAYERS,
            cream,
            9.0 / scale,
            yaw,
        )
        scene.add(
            object_id,
            BOX,
            (x, y + 0.82 * scale, z),
            (0.66 * scale, 0.05 * scale, 0.46 * scale, 0.04),
            cream,
            yaw=yaw,
        )
    else:
        scene.add(
            object_id,
            CONE,
            (x, y + 0.36 * scale, z),
            (0.66 * scale, 0.66 * scale, 0.36 * scale),
            sponge,
            LAYERS,
            cream,
            9.0 / scale,
        )
        scene.add(
            object_id, CONE, (x, y + 0.75 * scale, z), (0.67 * scale, 0.67 * scale, 0.05 * scale), cream
        )
    for i in range(rng.randint(1, 4)):
        scene.add(
            object_id,
            ELLIPSOID,
            (x + rng.uniform(-0.4, 0.4) * scale, y + 0.95 * scale, z + rng.uniform(-0.3, 0.3) * scale),
            (0.13 * scale, 0.13 * scale, 0.13 * scale),
            jitter(rng, rng.choice([(0.78, 0.08, 0.12), (0.30, 0.12, 0.08), (0.95, 0.75, 0.80)])),
        )


def waffle(scene, x, z, y, scale):
    rng = scene.rng
    object_id = scene.new_object("waffle")
    c = jitter(rng, (0.84, 0.56, 0.22))
    scene.add(
        object_id,
        CONE,
        (x, y + 0.10 * scale, z),
        (0.92 * scale, 0.92 * scale, 0.10 * scale),
        c,
        GRID,
        jitter(rng, (0.50, 0.27, 0.09), 0.04),
        rng.uniform(4.6, 6.2) / scale,
        rng.uniform(-0.7, 0.7),
    )
    scene.add(object_id, TORUS, (x, y + 0.14 * scale, z), (0.93 * scale, 0.08 * scale, 0), c)
    if rng.random() < 0.4:
        scene.add(
            object_id,
            BOX,
            (x + rng.uniform(-0.2, 0.2), y + 0.27 * scale, z + rng.uniform(-0.2, 0.2)),
            (0.17 * scale, 0.07 * scale, 0.14 * scale, 0.03),
            (0.98, 0.88, 0.50),
            yaw=rng.uniform(-1, 1),
        )


def cupcake(scene, x, z, y, scale):
    rng = scene.rng
    object_id = scene.new_object("cupcake")
    scene.add(
        object_id,
        CONE,
        (x, y + 0.26 * scale, z),
        (0.32 * scale, 0.46 * scale, 0.26 * scale),
        jitter(rng, (0.60, 0.30, 0.50), 0.2),
        STRIPE,
        (0.95, 0.90, 0.85),
        22.0,
    )
    c = jitter(rng, rng.choice([(0.95, 0.70, 0.78), (0.97, 0.93, 0.86), (0.45, 0.28, 0.18)]))
    for i, rim in enumerate((0.46, 0.36, 0.24, 0.12)):
        scene.add(
            object_id,
            ELLIPSOID,
            (x, y + (0.56 + 0.17 * i) * scale, z),
            (rim * scale, 0.15 * scale, rim * scale),
            c,
        )


def egg(scene, x, z, y, scale):
    rng = scene.rng
    object_id = scene.new_object("egg")
    white = jitter(rng, (0.97, 0.96, 0.93), 0.02)
    yolk = jitter(rng, (0.98, 0.70, 0.10), 0.04)
    if rng.random() < 0.65:
        n = rng.randint(1, 2)
        for i in range(n):
            cx = x + (i - 0.5 * (n - 1)) * 0.95 * scale
            scene.add(object_id, ELLIPSOID, (cx, y + 0.05, z), (0.66 * scale, 0.09, 0.58 * scale), white)
            scene.add(
                object_id,
                ELLIPSOID,
                (cx - 0.18 * scale, y + 0.04, z + 0.2 * scale),
                (0.42 * scale, 0.08, 0.38 * scale),
                white,
            )
            scene.add(
                object_id, ELLIPSOID, (cx, y + 0.12, z), (0.25 * scale, 0.16 * scale, 0.25 * scale), yolk
            )
    else:
        for i in range(rng.randint(2, 3)):
            scene.add(
                object_id,
                ELLIPSOID,
                (x + (i - 1) * 0.6 * scale, y + 0.34 * scale, z + rng.uniform(-0.2, 0.2)),
                (0.30 * scale, 0.38 * scale, 0.30 * scale),
                jitter(rng, (0.90, 0.76, 0.62)),
                GRAIN,
                jitter(rng, (0.86, 0.70, 0.56)),
                14.0,
            )


def fries(scene, x, z, y, scale):
    rng = scene.rng
    object_id = scene.new_object("fries")
    if rng.random() < 0.7:
        for i in range(12):
            scene.add(
                object_id,
                BOX,
                (
                    x + rng.uniform(-0.5, 0.5) * scale,
                    y + 0.10 + 0.055 * i,
                    z + rng.uniform(-0.4, 0.4) * scale,
                ),
                (0.60 * scale, 0.055, 0.055, 0.02),
                jitter(rng, (0.92, 0.70, 0.26)),
                GRAIN,
                jitter(rng, (0.80, 0.52, 0.16)),
                10.0,
                rng.uniform(-1.6, 1.6),
                rng.uniform(-0.3, 0.3),
            )
    else:
        for i in range(6):
            scene.add(
                object_id,
                ELLIPSOID,
                (
                    x + rng.uniform(-0.55, 0.55) * scale,
                    y + 0.2 * scale + 0.06 * i,
                    z + rng.uniform(-0.5, 0.5) * scale,
                ),
                (0.30 * scale, 0.22 * scale, 0.25 * scale),
                jitter(rng, (0.78, 0.50, 0.20)),
                GRAIN,
                jitter(rng, (0.60, 0.34, 0.12)),
                12.0,
            )


def meat(scene, x, z, y, scale, kind=None):
    rng = scene.rng
    kind = kind or rng.choice(["steak", "sausage"])
    object_id = scene.new_object("meat" if kind == "steak" else "sausage")
    if kind == "steak":
        scene.add(
            object_id,
            ELLIPSOID,
            (x, y + 0.16 * scale, z),
            (0.85 * scale, 0.20 * scale, 0.60 * scale),
            jitter(rng, (0.40, 0.17, 0.10)),
            GRILL,
            (0.16, 0.07, 0.05),
            9.0,
            rng.uniform(-1, 1),
        )
        scene.add(
            object_id,
            ELLIPSOID,
            (x + 0.45 * scale, y + 0.15 * scale, z + 0.2 * scale),
            (0.35 * scale, 0.17 * scale, 0.33 * scale),
            jitter(rng, (0.50, 0.22, 0.14)),
            GRILL,
            (0.2, 0.09, 0.06),
            9.0,
        )
    else:
        for i in range(rng.randint(2, 4)):
            zz = z + (i - 1.2) * 0.30 * scale
            a = rng.uniform(-0.15, 0.15)
            scene.add(
                object_id,
                CAPSULE,
                (x - 0.6 * scale, y + 0.17 * scale, zz - a),
                (x + 0.6 * scale, y + 0.17 * scale, zz + a, 0.15 * scale),
                jitter(rng, (0.55, 0.22, 0.14)),
                STRIPE,
                jitter(rng, (0.40, 0.14, 0.08)),
                6.0,
            )


def noodles(scene, x, z, y, scale, rim=None):
    rng = scene.rng
    object_id = scene.new_object("noodles")
    c = jitter(rng, rng.choice([(0.94, 0.84, 0.54), (0.90, 0.76, 0.44), (0.95, 0.88, 0.68)]))
    radius = rim or 0.8 * scale
    scene.add(
        object_id,
        ELLIPSOID,
        (x, y, z),
        (radius * 1.02, 0.16 * scale, radius * 1.02),
        jitter(rng, tuple(0.85 * v for v in c)),
        STRIPE,
        c,
        26.0,
        rng.uniform(0, 3),
    )
    for i in range(13):
        rr = rng.uniform(0.25, 0.75) * radius
        a = rng.uniform(0, 6.28)
        d = rng.uniform(0, radius - rr * 0.9)
        scene.add(
            object_id,
            TORUS,
            (x + d * math.cos(a), y + 0.12 * scale + 0.02 * i, z + d * math.sin(a)),
            (rr, 0.050, 0),
            jitter(rng, c, 0.04),
            yaw=rng.uniform(0, 6),
            tilt=rng.uniform(-0.28, 0.28),
        )


def rice(scene, x, z, y, scale, rim=None):
    rng = scene.rng
    object_id = scene.new_object("rice")
    c = jitter(rng, (0.96, 0.95, 0.91), 0.02)
    radius = rim or 0.8 * scale
    scene.add(
        object_id, ELLIPSOID, (x, y, z), (radius, 0.42 * scale, radius), c, GRAIN, (0.74, 0.72, 0.66), 20.0
    )
    for i in range(8):
        a, d = rng.uniform(0, 6.28), rng.uniform(0, radius * 0.75)
        scene.add(
            object_id,
            ELLIPSOID,
            (
                x + d * math.cos(a),
                y + 0.40 * scale * math.sqrt(max(0.05, 1 - (d / radius) ** 2)),
                z + d * math.sin(a),
            ),
            (0.09, 0.05, 0.05),
            c,
            yaw=rng.uniform(0, 6),
        )


def sashimi(scene, x, z, y, scale):
    rng = scene.rng
    object_id = scene.new_object("sashimi")
    c = jitter(rng, rng.choice([(0.96, 0.47, 0.28), (0.95, 0.52, 0.36), (0.80, 0.20, 0.22)]))
    yaw = rng.uniform(-0.5, 0.5)
    for i in range(rng.randint(4, 5)):
        d = (i - 2) * 0.36 * scale
        scene.add(
            object_id,
            BOX,
            (x + d * math.cos(yaw), y + 0.17 * scale, z - d * math.sin(yaw)),
            (0.13 * scale, 0.11 * scale, 0.55 * scale, 0.06),
            jitter(rng, c, 0.03),
            STRIPE,
            (0.98, 0.80, 0.70),
            13.0,
            yaw,
            0,
            0.55,
        )


def shrimp(scene, x, z, y, scale):
    rng = scene.rng
    object_id = scene.new_object("shrimp")
    for i in range(rng.randint(3, 4)):
        cx, cz, a0 = (
            x + rng.uniform(-0.6, 0.6) * scale,
            z + rng.uniform(-0.5, 0.5) * scale,
            rng.uniform(0, 6.28),
        )
        c = jitter(rng, (0.96, 0.56, 0.42))
        pts = [
            (cx + 0.32 * scale * math.cos(a0 + t), y + 0.15 * scale, cz + 0.32 * scale * math.sin(a0 + t))
            for t in (0, 0.9, 1.8, 2.7, 3.6)
        ]
        for j in range(4):
            scene.add(
                object_id,
                CAPSULE,
                pts[j],
                (*pts[j + 1], (0.15 - 0.022 * j) * scale),
                c,
                STRIPE,
                (0.99, 0.82, 0.74),
                14.0,
            )


def soup(scene, x, z, y, scale, rim):
    rng = scene.rng
    object_id = scene.new_object("soup")
    c = jitter(
        rng,
        rng.choice(
            [
                (0.80, 0.42, 0.12),
                (0.72, 0.20, 0.10),
                (0.62, 0.56, 0.22),
                (0.45, 0.26, 0.12),
                (0.90, 0.78, 0.48),
            ]
        ),
    )
    scene.add(object_id, CONE, (x, y - 0.10, z), (rim * 0.93, rim * 0.97, 0.08), c)
    for i in range(7):
        a, d = rng.uniform(0, 6.28), rng.uniform(0, rim * 0.75)
        scene.add(
            object_id,
            ELLIPSOID,
            (x + d * math.cos(a), y - 0.02, z + d * math.sin(a)),
            (0.10, 0.05, 0.10),
            jitter(rng, rng.choice([(0.25, 0.52, 0.16), (0.92, 0.88, 0.78), (0.80, 0.30, 0.10)])),
        )


def strawberry(scene, x, z, y, scale):
    rng = scene.rng
    object_id = scene.new_object("strawberry")
    c = jitter(rng, (0.85, 0.08, 0.11), 0.04)
    yaw = rng.uniform(0, 6.28)
    scene.add(
        object_id,
        ELLIPSOID,
        (x, y + 0.30 * scale, z),
        (0.30 * scale, 0.32 * scale, 0.30 * scale),
        c,
        DOTS,
        (0.95, 0.82, 0.40),
        34.0,
    )
    scene.add(
        object_id,
        ELLIPSOID,
        (x, y + 0.17 * scale, z),
        (0.20 * scale, 0.20 * scale, 0.20 * scale),
        c,
        DOTS,
        (0.95, 0.82, 0.40),
        34.0,
    )
    for i in range(4):
        a = yaw + i * 1.57
        scene.add(
            object_id,
            ELLIPSOID,
            (x + 0.13 * scale * math.cos(a), y + 0.61 * scale, z + 0.13 * scale * math.sin(a)),
            (0.16 * scale, 0.035 * scale, 0.07 * scale),
            (0.22, 0.55, 0.16),
            yaw=-a,
        )


def greens(scene, x, z, y, scale, name="greens"):
    rng = scene.rng
    object_id = scene.new_object(name)
    for i in range(7):
        scene.add(
            object_id,
            ELLIPSOID,
            (
                x + rng.uniform(-0.35, 0.35) * scale,
                y + rng.uniform(0.12, 0.42) * scale,
                z + rng.uniform(-0.35, 0.35) * scale,
            ),
            (0.24 * scale, 0.20 * scale, 0.24 * scale),
            jitter(rng, (0.20, 0.50, 0.14)),
            GRAIN,
            jitter(rng, (0.34, 0.66, 0.22)),
            16.0,
        )


def tomato(scene, x, z, y, scale):
    rng = scene.rng
    object_id = scene.new_object("tomato")
    for i in range(rng.randint(1, 3)):
        xx, zz = x + (i - 1) * 0.6 * scale, z + rng.uniform(-0.3, 0.3) * scale
        scene.add(
            object_id,
            ELLIPSOID,
            (xx, y + 0.34 * scale, zz),
            (0.38 * scale, 0.34 * scale, 0.38 * scale),
            jitter(rng, (0.86, 0.16, 0.10)),
        )
        scene.add(
            object_id,
            ELLIPSOID,
            (xx, y + 0.66 * scale, zz),
            (0.17 * scale, 0.04, 0.17 * scale),
            (0.22, 0.48, 0.16),
        )


def banana(scene, x, z, y, scale):
    rng = scene.rng
    object_id = scene.new_object("banana")
    a0 = rng.uniform(0, 6.28)
    for j in range(2):
        pts = [
            (
                x + 0.75 * scale * math.cos(a0 + t) - 0.3 * scale * math.cos(a0),
                y + 0.17 * scale + 0.12 * j,
                z + 0.75 * scale * math.sin(a0 + t) - 0.3 * scale * math.sin(a0) + 0.2 * j,
            )
            for t in (-0.9, -0.45, 0, 0.45, 0.9)
        ]
        for i in range(4):
            scene.add(
                object_id,
                CAPSULE,
                pts[i],
                (*pts[i + 1], 0.15 * scale if 0 < i < 3 else 0.12 * scale),
                jitter(rng, (0.95, 0.82, 0.20), 0.03),
            )


def vegetable_or_fruit(scene, x, z, y, scale):
    scene.rng.choice([strawberry, greens, tomato, banana])(scene, x, z, y, scale * 1.15)


def egg_dish(scene, x, z, y, scale):
    egg(scene, x, z, toast(scene, x, z, y, scale * 0.95) if scene.rng.random() < 0.25 else y, scale * 0.8)
