import type { Bilingual } from '../../bilingual'

/** Drawings of solids as silhouettes in the square from −1 to 1, y downwards, and how they turn and stretch. */
export interface Solid {
  readonly id: string
  readonly name: Bilingual
  contains(x: number, y: number): boolean
}

/** The height at which a square pyramid's and a cube's hidden corners lie, drawn from 30° above. */
const lift = 0.5

export const solids: readonly Solid[] = [
  {
    id: 'cube',
    name: { zh: '立方體', en: 'cube' },
    contains: polygon([
      [0, -1],
      [1, -lift],
      [1, lift],
      [0, 1],
      [-1, lift],
      [-1, -lift],
    ]),
  },
  { id: 'sphere', name: { zh: '圓球體', en: 'sphere' }, contains: (x, y) => x * x + y * y <= 1 },
  {
    id: 'cylinder',
    name: { zh: '圓柱體', en: 'cylinder' },
    contains: (x, y) =>
      Math.abs(x) <= 1 && Math.abs(y) <= 1 - lift / 2 + (lift / 2) * Math.sqrt(Math.max(0, 1 - x * x)),
  },
  {
    id: 'pyramid',
    name: { zh: '角錐體', en: 'pyramid' },
    contains: polygon([
      [0, -1],
      [1, lift],
      [0, 1],
      [-1, lift],
    ]),
  },
  {
    id: 'tetrahedron',
    name: { zh: '四面體', en: 'tetrahedron' },
    contains: polygon([
      [0, -1],
      [1, 1],
      [-1, 1],
    ]),
  },
]

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/**
 * @param angle by which the solid is turned in the picture's plane, in radians.
 * @returns [height × width] of 0 and 1: the turned silhouette, stretched so that it just fills the box.
 */
export function drawSolid(
  solid: Solid,
  angle: number,
  box: Box,
  size: { readonly height: number; readonly width: number },
): Float32Array {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const extent = turnedExtent(solid, cos, sin)
  const data = new Float32Array(size.height * size.width)
  for (let row = box.top; row < box.bottom; row++) {
    for (let column = box.left; column < box.right; column++) {
      const u =
        extent.left + ((column + 0.5 - box.left) / (box.right - box.left)) * (extent.right - extent.left)
      const v = extent.top + ((row + 0.5 - box.top) / (box.bottom - box.top)) * (extent.bottom - extent.top)
      if (solid.contains(cos * u + sin * v, cos * v - sin * u)) data[row * size.width + column] = 1
    }
  }
  return data
}

const grid = 64

function turnedExtent(solid: Solid, cos: number, sin: number): Box {
  const box = { left: 2, top: 2, right: -2, bottom: -2 }
  for (let i = 0; i <= grid; i++) {
    for (let j = 0; j <= grid; j++) {
      const [x, y] = [(2 * i) / grid - 1, (2 * j) / grid - 1]
      if (!solid.contains(x, y)) continue
      const [u, v] = [cos * x - sin * y, sin * x + cos * y]
      box.left = Math.min(box.left, u)
      box.right = Math.max(box.right, u)
      box.top = Math.min(box.top, v)
      box.bottom = Math.max(box.bottom, v)
    }
  }
  return box
}

/** Of a convex polygon whose corners go clockwise, as y points down. */
function polygon(corners: readonly (readonly [number, number])[]): Solid['contains'] {
  return (x, y) =>
    corners.every(([ax, ay], index) => {
      const [bx, by] = corners[(index + 1) % corners.length]!
      return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= -1e-9
    })
}
