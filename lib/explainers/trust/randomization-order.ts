import { z } from 'zod'
import type { AttributionMethod } from '../attribution-method'
import type { Json } from '../evidence'

/** `cascading`: a stage draws its layer and all behind it. `independent`: its layer alone, the others as trained. */
export const randomizationOrderSchema = z.enum(['cascading', 'independent'])
export type RandomizationOrder = z.infer<typeof randomizationOrderSchema>

/** Times that weights are drawn, from a seed and those that follow it. */
export const drawsSchema = z.int().min(1).max(10).default(3)

/** Noisy copies of a map of SmoothGrad, where nobody names a number: as many as the paper took. */
const SMOOTH_GRAD_COPIES = 50

/** @returns the parameters of `layer-randomization` that differ from the defaults of the method's own map. */
export function layerRandomizationParameters(
  method: AttributionMethod,
  { order, draws }: { readonly order: RandomizationOrder; readonly draws: number },
  given: { readonly [name: string]: Json } = {},
): { readonly [name: string]: Json } {
  const copies = method === 'smooth-grad' && given.samples === undefined
  return { order, draws, ...(copies && { samples: SMOOTH_GRAD_COPIES }) }
}
