import type { FloatTensor } from './evidence'

/** Right, down, left, up: going round a region clockwise, it lies to the right of each step. */
const steps = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const

/**
 * The lines around what a region covers by half or more, along the edges of pixels. Edges of the picture count too.
 *
 * @param coverage [height, width], 0 to 1.
 * @returns SVG path data of closed lines in pixels, holes included; '' for a region that covers nothing.
 */
export function outlinePath({ data, shape }: FloatTensor): string {
  const [height = 0, width = 0] = shape
  const isInside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x]! >= 0.5
  const unwalked = new Set<string>()
  const name = (x: number, y: number, direction: number) => `${x} ${y} ${direction}`
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isInside(x, y)) continue
      if (!isInside(x, y - 1)) unwalked.add(name(x, y, 0))
      if (!isInside(x + 1, y)) unwalked.add(name(x + 1, y, 1))
      if (!isInside(x, y + 1)) unwalked.add(name(x + 1, y + 1, 2))
      if (!isInside(x - 1, y)) unwalked.add(name(x, y + 1, 3))
    }
  }
  let path = ''
  for (const start of unwalked) {
    let [x, y, direction] = start.split(' ').map(Number) as [number, number, number]
    path += `M${x} ${y}`
    let length = 0
    while (unwalked.delete(name(x, y, direction))) {
      const [dx, dy] = steps[direction]!
      x += dx
      y += dy
      length++
      // Where pixels touch at a corner, turning right keeps them apart.
      const next = [1, 0, 3]
        .map((turn) => (direction + turn) % 4)
        .find((way) => unwalked.has(name(x, y, way)))
      if (next === direction) continue
      path += dx !== 0 ? `h${dx * length}` : `v${dy * length}`
      length = 0
      direction = next ?? direction
    }
    path += 'z'
  }
  return path
}
