"""A batched signed-distance renderer (PyTorch). Every picture comes with an exact mask of object ids, so that a claim
such as "the saliency lies on the sashimi" can be measured."""

import torch

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
    STRIPE,
    TORUS,
    WEDGE,
    WOOD,
)

TABLE = -1  # index of the nearest primitive where the table is nearer


def pack(scenes, device):
    """-> tensors [scenes, primitives, ...]; absent primitives have shape -1."""
    batch, count = len(scenes), max(1, max(len(scene.primitives) for scene in scenes))
    packed = {
        "shape": torch.full((batch, count), -1),
        "object": torch.zeros(batch, count).long(),
        "centre": torch.zeros(batch, count, 3),
        "size": torch.zeros(batch, count, 4),
        "colour": torch.zeros(batch, count, 3),
        "second_colour": torch.zeros(batch, count, 3),
        "pattern": torch.zeros(batch, count).long(),
        "frequency": torch.zeros(batch, count),
        "angles": torch.zeros(batch, count, 3),
    }
    for b, scene in enumerate(scenes):
        for n, primitive in enumerate(scene.primitives):
            (
                object_id,
                shape,
                centre,
                size,
                colour,
                pattern,
                second_colour,
                frequency,
                yaw,
                tilt,
                roll,
            ) = primitive
            packed["shape"][b, n] = shape
            packed["object"][b, n] = object_id
            packed["centre"][b, n] = torch.tensor(centre)
            packed["size"][b, n, : len(size)] = torch.tensor(size, dtype=torch.float)
            packed["colour"][b, n] = torch.tensor(colour)
            packed["second_colour"][b, n] = torch.tensor(second_colour)
            packed["pattern"][b, n] = pattern
            packed["frequency"][b, n] = frequency
            packed["angles"][b, n] = torch.tensor([yaw, tilt, roll])
    return {name: tensor.to(device) for name, tensor in packed.items()}


def into_frame(offset, angles):
    """offset [B,N,P,3] -> x, y, z [B,N,P] in the primitive's own frame (yaw, then tilt, then roll)."""
    cos_yaw, sin_yaw = torch.cos(angles[..., 0])[..., None], torch.sin(angles[..., 0])[..., None]
    x = offset[..., 0] * cos_yaw - offset[..., 2] * sin_yaw
    z = offset[..., 0] * sin_yaw + offset[..., 2] * cos_yaw
    y = offset[..., 1]
    cos_tilt, sin_tilt = torch.cos(angles[..., 1])[..., None], torch.sin(angles[..., 1])[..., None]
    y, z = y * cos_tilt - z * sin_tilt, y * sin_tilt + z * cos_tilt
    cos_roll, sin_roll = torch.cos(angles[..., 2])[..., None], torch.sin(angles[..., 2])[..., None]
    x, y = x * cos_roll - y * sin_roll, x * sin_roll + y * cos_roll
    return x, y, z


def length(*components):
    return torch.sqrt(sum(component**2 for component in components) + 1e-9)


def distances(packed, points):
    """points [B,P,3] -> signed distance to the nearest surface [B,P], and its primitive [B,P] (TABLE: the table)."""
    x, y, z = into_frame(points[:, None] - packed["centre"][:, :, None], packed["angles"])
    size = packed["size"][:, :, None]
    shape = packed["shape"][:, :, None]
    a, b, c, e = size[..., 0], size[..., 1], size[..., 2], size[..., 3]
    around = length(x, z)

    # Box: half sizes a, b, c, corner radius e.
    dx, dy, dz = x.abs() - a + e, y.abs() - b + e, z.abs() - c + e
    outside = length(dx.clamp(min=0), dy.clamp(min=0), dz.clamp(min=0))
    box = outside + torch.maximum(dx, torch.maximum(dy, dz)).clamp(max=0) - e
    # Ellipsoid: half axes a, b, c (the usual first-order bound).
    rx, ry, rz = a.clamp(min=1e-3), b.clamp(min=1e-3), c.clamp(min=1e-3)
    k0, k1 = length(x / rx, y / ry, z / rz), length(x / rx**2, y / ry**2, z / rz**2)
    ellipsoid = k0 * (k0 - 1) / k1
    # Cone: radius a below, b above, half height c.
    height = ((y / rz) * 0.5 + 0.5).clamp(0, 1)
    d1, d2 = (around - (a + (b - a) * height)) * 0.92, y.abs() - c
    cone = length(d1.clamp(min=0), d2.clamp(min=0)) + torch.maximum(d1, d2).clamp(max=0) - 0.015
    # Torus: radius a, thickness b. Bowl: outer radius a, wall b, open above.
    torus = length(around - a, y) - b
    bowl = torch.maximum((length(x, y, z) - a + b).abs() - b, y)
    # Capsule: from its centre to the point (a, b, c), radius e.
    start = packed["centre"][:, :, None]
    axis, offset = size[..., :3] - start, points[:, None] - start
    along = ((offset * axis).sum(-1) / ((axis * axis).sum(-1) + 1e-9)).clamp(0, 1)
    capsule = torch.sqrt(((offset - axis * along[..., None]) ** 2).sum(-1) + 1e-9) - e
    # Wedge: radius a, half height b, half angle c.
    cos, sin = torch.cos(c), torch.sin(c)
    sides = torch.maximum(x * cos - z * sin, -x * cos - z * sin)
    wedge = torch.maximum(torch.maximum(around - a, y.abs() - b), sides) - 0.02

    distance = torch.full_like(box, 1e3)
    for kind, value in (
        (BOX, box),
        (ELLIPSOID, ellipsoid),
        (CONE, cone),
        (TORUS, torus),
        (CAPSULE, capsule),
        (BOWL, bowl),
        (WEDGE, wedge),
    ):
        distance = torch.where(shape == kind, value, distance)
    nearest, index = distance.min(1)
    table = points[..., 1]
    on_table = table < nearest
    return torch.where(on_table, table, nearest), torch.where(on_table, torch.full_like(index, TABLE), index)


def camera_rays(scenes, pixels, tensor):
    """-> origins, unit directions [B, pixels², 3], rows from the top."""
    names = ("camera_yaw", "camera_pitch", "camera_distance", "field_of_view")
    yaw, pitch, distance, field_of_view = (
        tensor([getattr(scene, name) for scene in scenes]) for name in names
    )
    look = tensor([scene.look for scene in scenes])
    away = torch.stack(
        [torch.sin(yaw) * torch.cos(pitch), torch.sin(pitch), torch.cos(yaw) * torch.cos(pitch)], -1
    )
    eye = look + distance[:, None] * away
    forward = look - eye
    forward = forward / forward.norm(dim=-1, keepdim=True)
    right = torch.linalg.cross(forward, tensor([0, 1, 0]).expand_as(forward))
    right = right / right.norm(dim=-1, keepdim=True)
    up = torch.linalg.cross(right, forward)
    steps = (torch.arange(pixels, device=eye.device) + 0.5) / pixels * 2 - 1
    v, u = torch.meshgrid(-steps, steps, indexing="ij")
    u, v = u.reshape(1, -1, 1), v.reshape(1, -1, 1)
    direction = forward[:, None] + field_of_view[:, None, None] * (u * right[:, None] + v * up[:, None])
    direction = direction / direction.norm(dim=-1, keepdim=True)
    return eye[:, None].expand_as(direction), direction


def ripple(x, y, z, frequency):
    """A cheap band-limited texture in -1..1."""
    return (
        torch.sin(x * frequency * 1.3 + 2 * torch.sin(z * frequency * 0.9))
        * torch.sin(y * frequency * 1.7 + 1.3 * torch.sin(x * frequency * 0.7))
        * torch.sin(z * frequency * 1.1 + 1.7 * torch.sin(y * frequency * 0.8))
    )


def pattern_weight(pattern, x, y, z, f):
    """-> share of the second colour at each point, 0..1."""
    crossed = (torch.sin(x * f * 2) * 2.2).clamp(0, 1) * (torch.sin(z * f * 2) * 2.2).clamp(0, 1)
    weights = {
        STRIPE: (torch.sin(x * f * 2 + 0.8 * torch.sin(z * 4)) * 2 - 0.7).clamp(0, 1),
        DOTS: ((torch.sin(x * f) * torch.sin(z * f + 1) + torch.sin(y * f) * 0.6) * 2.2 - 1.6).clamp(0, 1),
        GRAIN: (ripple(x, y, z, f) * 1.6 + 0.35).clamp(0, 1),
        LAYERS: (torch.sin(y * f * 2.1) * 3 - 0.6).clamp(0, 1),
        WOOD: torch.sin(x * 3.1 + 1.2 * torch.sin(z * 0.9) + 0.35 * torch.sin(x * 17)) * 0.5 + 0.5,
        GRID: crossed,
        GRILL: (torch.sin(x * f * 1.4) * 3 - 1.4).clamp(0, 1),
    }
    result = torch.zeros_like(x)
    for kind, weight in weights.items():
        result = torch.where(pattern == kind, weight, result)
    return result


@torch.no_grad()
def render(scenes, size=128, device="cuda", steps=56, shadow_steps=14, oversampling=2, seed=0):
    """-> pictures uint8 [B,size,size,3], masks uint8 [B,size,size] of object ids (0: the table)."""

    def tensor(values):
        return torch.tensor(values, device=device, dtype=torch.float)

    packed = pack(scenes, device)
    pixels = size * oversampling
    origin, direction = camera_rays(scenes, pixels, tensor)
    light = tensor([scene.light for scene in scenes])
    light = light / light.norm(dim=-1, keepdim=True)
    ambient = tensor([scene.ambient for scene in scenes])[:, None, None]

    # March along each ray to the first surface.
    travelled = torch.full(direction.shape[:2], 2.2, device=device)
    for _ in range(steps):
        travelled = (
            travelled + distances(packed, origin + direction * travelled[..., None])[0].clamp(max=1.2) * 0.9
        )
    points = origin + direction * travelled[..., None]
    _, index = distances(packed, points)

    # Normal by central differences, soft shadow, ambient occlusion.
    epsilon = 2e-3
    axes = [tensor([epsilon * (k == axis) for k in range(3)]) for axis in range(3)]
    normal = torch.stack(
        [distances(packed, points + d)[0] - distances(packed, points - d)[0] for d in axes], -1
    )
    normal = normal / (normal.norm(dim=-1, keepdim=True) + 1e-9)
    lit, reach = torch.ones_like(travelled), torch.full_like(travelled, 0.04)
    for _ in range(shadow_steps):
        gap, _ = distances(packed, points + normal * 0.01 + light[:, None] * reach[..., None])
        lit = torch.minimum(lit, (9 * gap / reach).clamp(0, 1))
        reach = reach + gap.clamp(0.04, 0.35)
    openness = torch.ones_like(travelled)
    for k in (0.08, 0.2):
        openness = openness - (0.5 * (k - distances(packed, points + normal * k)[0]) / k).clamp(0, 1) * 0.45

    # Material of the primitive that was hit, or of the table.
    hit = index.clamp(min=0)
    on_table = index == TABLE

    def of_hit(values):
        if values.dim() == 3:
            return torch.gather(values, 1, hit[..., None].expand(-1, -1, values.shape[-1]))
        return torch.gather(values, 1, hit)

    local = into_frame((points - of_hit(packed["centre"]))[..., None, :], of_hit(packed["angles"]))
    x, y, z = (torch.where(on_table, points[..., k], value[..., 0]) for k, value in enumerate(local))
    frequency = of_hit(packed["frequency"])
    frequency = torch.where(on_table, torch.full_like(frequency, 6.0), frequency)
    pattern = of_hit(packed["pattern"])
    table_pattern = torch.tensor([scene.table_pattern for scene in scenes], device=device)[:, None]
    pattern = torch.where(on_table, table_pattern.expand_as(pattern), pattern)
    table_colour = tensor([scene.table for scene in scenes])[:, None]
    colour = torch.where(on_table[..., None], table_colour, of_hit(packed["colour"]))
    second = torch.where(on_table[..., None], table_colour * 0.78, of_hit(packed["second_colour"]))
    weight = pattern_weight(pattern, x, y, z, frequency)[..., None]
    albedo = colour * (1 - weight) + second * weight
    albedo = albedo * (1 + 0.05 * ripple(x, y, z, torch.full_like(frequency, 31.0)))[..., None]

    # Lambert and a Blinn highlight, gamma, average over the oversampled pixels, sensor noise.
    lambert = (normal * light[:, None]).sum(-1).clamp(min=0) * lit
    half = light[:, None] - direction
    half = half / half.norm(dim=-1, keepdim=True)
    shine = torch.where(on_table, torch.full_like(lit, 0.05), torch.full_like(lit, 0.22))
    highlight = (normal * half).sum(-1).clamp(min=0) ** 40 * lit * shine
    rgb = (
        albedo * (ambient * openness[..., None] + (1.05 - ambient) * lambert[..., None] * 1.1)
        + highlight[..., None]
    )
    rgb = rgb.clamp(0, 1) ** (1 / 1.35)
    rgb = rgb.reshape(len(scenes), pixels, pixels, 3).permute(0, 3, 1, 2)
    picture = torch.nn.functional.avg_pool2d(rgb, oversampling)
    generator = torch.Generator(device=device).manual_seed(seed)
    picture = (picture + 0.012 * torch.randn(picture.shape, device=device, generator=generator)).clamp(0, 1)
    ids = torch.where(on_table, torch.zeros_like(index), torch.gather(packed["object"], 1, hit))
    middle = slice(oversampling // 2, None, oversampling)
    mask = ids.reshape(len(scenes), pixels, pixels)[:, middle, middle]
    return (picture.permute(0, 2, 3, 1) * 255).round().byte(), mask.byte()
