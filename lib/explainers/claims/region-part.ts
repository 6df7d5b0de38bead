import type { FloatTensor } from '../evidence'
import { luminanceOf } from '../luminance'
import type { Region } from '../regions'
import type { RegionPart } from './measurement'
import { findRegion } from './measurements/values'

/** Half the width in pixels of the ring along a region's outline. */
const outlineReach = 2
/** A region's pixel is in shadow where its luminance is below this share of the region's median. */
const shadowShare = 0.8

/** A picture at the size at which it is measured. */
export interface SeenPicture {
  /** [3, height, width]. */
  readonly input: FloatTensor
  readonly regions: readonly Region[]
}

/**
 * @returns [height, width], 0 to 1: how much of each pixel belongs to the part.
 * @throws ExplainerError 'invalid-parameter' where the picture has no such region.
 */
export function coverageOf(
  { region, part }: Pick<RegionPart, 'region' | 'part'>,
  { input, regions }: SeenPicture,
): FloatTensor {
  const { coverage } = findRegion(regions, region)
  switch (part) {
    case 'whole':
      return coverage
    case 'outline':
      return outlineOf(coverage)
    case 'shadow':
    case 'light':
      return litPart(coverage, input, part)
  }
}

/** @returns 1 within `outlineReach` of a place where the coverage changes over, else 0. */
function outlineOf({ data, shape }: FloatTensor): FloatTensor {
  const [height = 0, width = 0] = shape
  const isInside = (row: number, column: number) => data[row * width + column]! >= 0.5
  const ring = new Float32Array(data.length)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const own = isInside(row, column)
      for (let dy = -outlineReach; dy <= outlineReach; dy++) {
        for (let dx = -outlineReach; dx <= outlineReach; dx++) {
          const [y, x] = [row + dy, column + dx]
          const isThere = y >= 0 && y < height && x >= 0 && x < width
          if (isThere && isInside(y, x) !== own) ring[row * width + column] = 1
        }
      }
    }
  }
  return { data: ring, shape }
}

function litPart(coverage: FloatTensor, { data }: FloatTensor, part: 'shadow' | 'light'): FloatTensor {
  const luminance = luminanceOf(data)
  const own = Array.from(coverage.data, (covered, pixel) => (covered >= 0.5 ? luminance[pixel]! : -1)).filter(
    (value) => value >= 0,
  )
  const limit = shadowShare * (own.toSorted((a, b) => a - b)[Math.floor(own.length / 2)] ?? 0)
  return {
    data: coverage.data.map((covered, pixel) =>
      luminance[pixel]! < limit === (part === 'shadow') ? covered : 0,
    ),
    shape: coverage.shape,
  }
}
