import type { Tensor, Variant } from '../evidence'
import { weightsByLabel } from '../methods/superpixel-weights'
import { attributionMagnitude } from '../regions'

/**
 * How a map ranks the parts of a picture. The parts (units) are what the method itself tells apart: superpixels for
 * LIME, pixels for all others.
 */
export interface Importance {
  /** [units]: the larger, the more the map says that the unit speaks for the class. */
  readonly values: Float64Array
  /** [pixels], row by row: the unit of each pixel. */
  readonly unitOfPixel: Int32Array
}

/**
 * LIME and the paper's integrated gradients give contributions: their sign counts, and what speaks against the class
 * comes last. The others say how much a pixel matters without saying for what: the absolute value of the sum over RGB
 * counts.
 *
 * @param arrays of the map's evidence.
 */
export function importanceOf(
  { method, variant }: { readonly method: string; readonly variant: Variant },
  arrays: { readonly [name: string]: Tensor },
): Importance {
  const { superpixels, weights, attribution } = arrays
  if (superpixels && weights)
    return {
      // Superpixels count from 1.
      values: Float64Array.from(weightsByLabel(superpixels, weights).slice(1)),
      unitOfPixel: Int32Array.from(superpixels.data, (label) => label - 1),
    }
  if (!attribution) throw new TypeError(`The evidence of ${method} has no map`)
  const signed = method === 'integrated-gradients' && variant === 'paper'
  const values = Float64Array.from(
    signed ? sumOfChannels(attribution) : attributionMagnitude(attribution).data,
  )
  return { values, unitOfPixel: Int32Array.from(values, (_, pixel) => pixel) }
}

/** @returns [pixels]: the sum over the channels of a map [channels, height, width] or [height, width]. */
export function sumOfChannels({ data, shape }: Tensor): Float64Array {
  const [height = 0, width = 0] = shape.slice(-2)
  const sums = new Float64Array(height * width)
  for (const [place, value] of data.entries()) sums[place % sums.length]! += value
  return sums
}
