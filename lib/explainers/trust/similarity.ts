import { z } from 'zod'
import { pearson, spearman } from '../correlation'
import type { Tensor, Variant } from '../evidence'
import { hog } from './hog'
import { importanceOf, sumOfChannels } from './importance'
import { type Plane, scaled } from './plane'
import { ssim } from './ssim'

const measure = z.number().nullable()

/**
 * How alike two maps are, by the measures of J. Adebayo et al., "Sanity Checks for Saliency Maps", NeurIPS 2018: 1 for
 * equal maps, each from −1. null where one of the maps has the same value everywhere.
 */
export const similaritySchema = z.object({
  /** Spearman's ρ of the absolute values. */
  absolute: measure,
  /** Spearman's ρ of the values with their signs; null where the method gives none. */
  signed: measure,
  /** Structural similarity of the maps with their signs, where they have them, each scaled to 0 to 1. */
  ssim: measure,
  /** Pearson's r of the histograms of oriented gradients of the same. */
  hog: measure,
})

export type Similarity = z.infer<typeof similaritySchema>

/** A map as it is compared: one number a pixel. */
export interface ComparedMap {
  /** At least 0. */
  readonly absolute: Plane
  /** null: the method gives no signs. */
  readonly signed: Plane | null
}

/**
 * @param arrays of the map's evidence.
 * @returns the sum over RGB, and its absolute value; of saliency, the sum of the gradients and the map itself.
 */
export function comparedMap(
  { method, variant }: { readonly method: string; readonly variant: Variant },
  arrays: { readonly [name: string]: Tensor },
): ComparedMap {
  const { attribution, gradient } = arrays
  if (!attribution) throw new TypeError(`The evidence of ${method} has no map`)
  const [height = 0, width = 0] = attribution.shape.slice(-2)
  const plane = (values: Float64Array): Plane => ({ values, height, width })
  const { values } = importanceOf({ method, variant }, arrays)
  const hasSigns = method === 'integrated-gradients' || variant === 'paper'
  const signs = method === 'saliency' ? gradient : hasSigns ? attribution : undefined
  return { absolute: plane(values.map(Math.abs)), signed: signs ? plane(sumOfChannels(signs)) : null }
}

export function similarityOf(one: ComparedMap, other: ComparedMap): Similarity {
  const pictures = [one, other].map(({ absolute, signed }) => scaled(signed ?? absolute))
  const [a, b] = pictures
  const [hogOfOne, hogOfOther] = pictures.map((picture) => picture && hog(picture))
  return {
    absolute: spearman(one.absolute.values, other.absolute.values),
    signed: one.signed && other.signed && spearman(one.signed.values, other.signed.values),
    ssim: a && b ? ssim(a, b) : null,
    hog: hogOfOne && hogOfOther ? pearson(hogOfOne, hogOfOther) : null,
  }
}
