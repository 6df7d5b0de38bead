import type { FloatTensor } from '../evidence'
import type { Importance } from './importance'

/**
 * How far beside the object still counts, in pixels. The paper allows 15 in photographs some 500 pixels wide; the
 * classifier sees 128.
 */
export const POINTING_TOLERANCE = 4

export interface PointingGame {
  /** 0 to 1: the share of the map's highest places that hit; 0 or 1 where one place is the highest. */
  readonly hit: number
  /** 0 to 1: what a place drawn at random would score. */
  readonly chance: number
}

/**
 * Whether the highest place of a map lies on the object, or within a tolerance of it.
 * J. Zhang et al., "Top-down Neural Attention by Excitation Backprop", ECCV 2016. Where several pixels are the highest,
 * as all of a superpixel are, each counts alike.
 *
 * @param coverage [height, width]: how much of each pixel is object; a half and more belongs to it.
 */
export function pointingGame(
  { values, unitOfPixel }: Importance,
  coverage: FloatTensor,
  tolerance = POINTING_TOLERANCE,
): PointingGame {
  const near = within(coverage, tolerance)
  const highest = values.reduce((a, b) => Math.max(a, b))
  let [pointed, hits, area] = [0, 0, 0]
  for (const [pixel, unit] of unitOfPixel.entries()) {
    area += near[pixel]!
    if (values[unit] !== highest) continue
    pointed += 1
    hits += near[pixel]!
  }
  return { hit: hits / pointed, chance: area / unitOfPixel.length }
}

/** @returns [pixels]: 1 within that distance of the object, else 0. */
function within({ data, shape }: FloatTensor, distance: number): Uint8Array {
  const [height = 0, width = 0] = shape
  const near = new Uint8Array(data.length)
  const reach = Math.floor(distance)
  for (const [pixel, covered] of data.entries()) {
    if (covered < 0.5) continue
    const [y, x] = [Math.floor(pixel / width), pixel % width]
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const isInside = y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width
        if (isInside && dy * dy + dx * dx <= distance * distance) near[(y + dy) * width + x + dx] = 1
      }
    }
  }
  return near
}
