/** Drawing regions into a mask: pure, so that a page can do it and tests can check it. */

export interface Size {
  readonly width: number
  readonly height: number
}

/** In pixels of the mask; whole numbers are the upper left corners of pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** @returns places, row by row, of the pixels whose centres lie inside the polygon (even-odd rule). */
export function pixelsInPolygon(points: readonly Point[], { width, height }: Size): number[] {
  const pixels: number[] = []
  if (points.length < 3) return pixels
  for (let row = 0; row < height; row++) {
    const y = row + 0.5
    const crossings: number[] = []
    for (const [index, from] of points.entries()) {
      const to = points[(index + 1) % points.length]!
      if (from.y <= y === to.y <= y) continue
      // From above, so that a side is rounded alike in whichever way it was drawn.
      const [above, below] = from.y < to.y ? [from, to] : [to, from]
      crossings.push(above.x + ((y - above.y) / (below.y - above.y)) * (below.x - above.x))
    }
    crossings.sort((a, b) => a - b)
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const first = Math.max(0, Math.ceil(crossings[pair]! - 0.5))
      const last = Math.min(width - 1, Math.ceil(crossings[pair + 1]! - 0.5) - 1)
      for (let column = first; column <= last; column++) pixels.push(row * width + column)
    }
  }
  return pixels
}

/** @returns places of the pixels whose centres a round brush touches on its straight way. */
export function pixelsOfStroke(from: Point, to: Point, radius: number, { width, height }: Size): number[] {
  const pixels: number[] = []
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - radius))
  const bottom = Math.min(height - 1, Math.ceil(Math.max(from.y, to.y) + radius))
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - radius))
  const right = Math.min(width - 1, Math.ceil(Math.max(from.x, to.x) + radius))
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const [x, y] = [column + 0.5 - from.x, row + 0.5 - from.y]
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / length))
      if ((x - along * dx) ** 2 + (y - along * dy) ** 2 <= radius * radius) pixels.push(row * width + column)
    }
  }
  return pixels
}

export interface LabelMap extends Size {
  readonly labels: Uint16Array
}

/** @returns the label under a place of a mask, whose size may be another; each covers the whole picture. */
export function labelAt({ labels, ...map }: LabelMap, place: number, size: Size): number {
  const column = Math.floor((((place % size.width) + 0.5) / size.width) * map.width)
  const row = Math.floor(((Math.floor(place / size.width) + 0.5) / size.height) * map.height)
  return labels[row * map.width + column]!
}

/** @returns places of all pixels with the label that is under `place`. */
export function pixelsOfLabel(map: LabelMap, place: number, size: Size): number[] {
  const wanted = labelAt(map, place, size)
  const pixels: number[] = []
  for (let pixel = 0; pixel < size.width * size.height; pixel++)
    if (labelAt(map, pixel, size) === wanted) pixels.push(pixel)
  return pixels
}

/** @returns a mask in which the pixels belong to the region and to no other; 0: to none. */
export function painted(
  mask: Uint8Array,
  pixels: readonly number[],
  region: number,
): Uint8Array<ArrayBuffer> {
  const after = mask.slice()
  for (const pixel of pixels) after[pixel] = region
  return after
}

/** @returns a mask without the region; those that follow it move up by one. */
export function withoutRegion(mask: Uint8Array, region: number): Uint8Array<ArrayBuffer> {
  return mask.map((id) => (id === region ? 0 : id > region ? id - 1 : id))
}

/** @returns how many pixels each region has, by its id; ids from 0. */
export function areasOf(mask: Uint8Array, regions: number): number[] {
  const areas = Array.from({ length: regions + 1 }, () => 0)
  for (const id of mask) areas[id]! += 1
  return areas
}

/** @returns the pixel of each region that lies nearest to the middle of it, to stand for it; by id from 1. */
export function middlesOf(mask: Uint8Array, regions: number, { width }: Size): (Point | null)[] {
  const sums = Array.from({ length: regions + 1 }, () => ({ x: 0, y: 0, count: 0 }))
  for (const [pixel, id] of mask.entries()) {
    const sum = sums[id]!
    sum.x += pixel % width
    sum.y += Math.floor(pixel / width)
    sum.count += 1
  }
  const best = sums.map(() => ({ distance: Infinity, point: null as Point | null }))
  for (const [pixel, id] of mask.entries()) {
    const { x, y, count } = sums[id]!
    const point = { x: pixel % width, y: Math.floor(pixel / width) }
    const distance = (point.x - x / count) ** 2 + (point.y - y / count) ** 2
    if (distance < best[id]!.distance) best[id] = { distance, point }
  }
  return best.slice(1).map(({ point }) => point)
}
