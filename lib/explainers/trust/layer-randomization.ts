import { z } from 'zod'
import type { WeightedLayer } from '../classifier'
import type { DerivedExplainer } from '../derived-explainer'
import { ExplainerError } from '../errors'
import { hashOfJson, type OtherModel, type Tensor } from '../evidence'
import type { Explainer, Explanation, Parameters } from '../explainer'
import { integratedGradients } from '../methods/integrated-gradients'
import { checkRequest, throwIfAborted } from '../methods/request'
import { saliency } from '../methods/saliency'
import { smoothGrad } from '../methods/smooth-grad'
import { drawsSchema, type RandomizationOrder, randomizationOrderSchema } from './randomization-order'
import { explainRandomized } from './randomized-map'
import { comparedMap, type Similarity, similarityOf, similaritySchema } from './similarity'

/** Maps that evidence keeps: of deeper networks, those of stages at even distances, the first and the last among them. */
const KEPT_MAPS = 24

const ownParameters = z.strictObject({
  order: randomizationOrderSchema.default('cascading'),
  draws: drawsSchema,
})
type OwnParameters = z.infer<typeof ownParameters>

export const layerRandomizationSchema = z.object({
  /** From the output to the picture. */
  stages: z.array(
    z.object({
      /** The weighted layer that this stage draws. */
      layer: z.string(),
      kind: z.enum(['convolution', 'linear']),
      /** Place of the first draw's map in the array `maps`; null: it is not kept. */
      map: z.int().nullable(),
      /** With the trained network's map, of each draw. */
      draws: z.array(similaritySchema),
    }),
  ),
})
export type LayerRandomization = z.infer<typeof layerRandomizationSchema>

/** Raised when the numbers change. */
const VERSION = 1

/**
 * The model-parameter randomization test by layers: a method's map while one weighted layer after another is drawn anew,
 * from the output to the picture, and how alike it stays to the trained network's.
 * J. Adebayo et al., "Sanity Checks for Saliency Maps", NeurIPS 2018: cascading and independent randomization.
 *
 * Every map is made with the request's own seed, so that only the weights differ.
 *
 * Arrays: `input` [3,H,W], `logits` [classes] and `attribution` of the trained network; `maps` [kept, …], shaped as
 * the method gives its map. Measurements: `LayerRandomization`.
 */
function layerRandomizationOf<P extends Parameters>(
  explainer: Explainer<P>,
): DerivedExplainer<P & OwnParameters> {
  const { method } = explainer
  return {
    method: `layer-randomization-${method}`,
    // Another map is another cascade.
    version: 1000 * VERSION + explainer.version,
    basis: method,
    ownParameters: Object.keys(ownParameters.shape),
    parameters: (variant, classifier) => withOwn(explainer.parameters(variant, classifier)),

    async explain(request, basis): Promise<Explanation> {
      checkRequest(request)
      const { classifier, picture, variant, parameters, seed, progress, signal } = request
      const { logits, attribution } = basis.arrays
      if (!logits || !attribution) throw new TypeError(`The evidence of ${method} has no map`)
      const compared = (arrays: Explanation['arrays']) => comparedMap({ method, variant }, arrays)
      const trained = compared(basis.arrays)
      const stages = stagesOf(classifier.weighted, parameters.order)
      if (stages.length === 0) {
        const message = `${classifier.name} has no convolution and no matrix product with weights to be drawn`
        throw new ExplainerError('model-unsupported', classifier.name, message)
      }
      const kept = evenly(stages.length, KEPT_MAPS)
      const maps: Tensor[] = []
      const similarities = stages.map((): Similarity[] => [])
      const otherModels: OtherModel[] = []
      const total = stages.length * parameters.draws
      const { progress: _, ...quiet } = request
      for (let draw = 0; draw < parameters.draws; draw++) {
        const models: OtherModel[] = []
        for (const [place, { layers, layer }] of stages.entries()) {
          throwIfAborted(signal)
          progress?.('testing-map', draw * stages.length + place, total)
          const redrawn = { layers, what: layer.name, seed: seed + draw }
          const { arrays, model } = await explainRandomized(explainer, quiet, redrawn)
          similarities[place]!.push(similarityOf(trained, compared(arrays)))
          if (draw === 0 && kept.includes(place)) maps.push(arrays.attribution!)
          models.push(model)
        }
        otherModels.push(together(models, classifier.name, parameters.order, seed + draw))
      }
      progress?.('testing-map', total, total)
      const measured: LayerRandomization = {
        stages: stages.map(({ layer: { name, kind } }, place) => ({
          layer: name,
          kind,
          map: kept.includes(place) ? kept.indexOf(place) : null,
          draws: similarities[place]!,
        })),
      }
      return {
        arrays: { input: picture, logits, attribution, maps: stacked(maps) },
        measurements: { ...measured },
        batch: classifier.batchOf(1),
        otherModels,
      }
    },
  }
}

export const saliencyByLayer = layerRandomizationOf(saliency)
export const smoothGradByLayer = layerRandomizationOf(smoothGrad)
export const integratedGradientsByLayer = layerRandomizationOf(integratedGradients)

/** The parameters of a map together with those of the test; each schema refuses and fills in its own. */
function withOwn<P extends Parameters>(ofMap: z.ZodType<P>): z.ZodType<P & OwnParameters> {
  return z.record(z.string(), z.json()).transform(({ order, draws, ...others }, context) => {
    const own = ownParameters.safeParse({ order, draws })
    const map = ofMap.safeParse(others)
    if (own.success && map.success) return { ...map.data, ...own.data }
    for (const { message, path } of [...(own.error?.issues ?? []), ...(map.error?.issues ?? [])])
      context.issues.push({ code: 'custom', message, path, input: others })
    return z.NEVER
  })
}

/** @returns which layers each stage draws, and which of them is new, from the output to the picture. */
export function stagesOf(
  weighted: readonly WeightedLayer[],
  order: RandomizationOrder,
): readonly { readonly layer: WeightedLayer; readonly layers: readonly number[] }[] {
  const places = [...weighted.keys()].toReversed()
  return places.map((place, index) => ({
    layer: weighted[place]!,
    layers: order === 'independent' ? [place] : places.slice(0, index + 1),
  }))
}

/** @returns at most `limit` of the places 0 to count − 1, as evenly as can be, both ends among them. */
function evenly(count: number, limit: number): readonly number[] {
  const places = Array.from({ length: count }, (_, place) => place)
  if (count <= limit) return places
  return Array.from({ length: limit }, (_, index) => Math.round((index * (count - 1)) / (limit - 1)))
}

/** The networks of one draw under one name, by the hashes of all. */
function together(
  models: readonly OtherModel[],
  name: string,
  order: RandomizationOrder,
  seed: number,
): OtherModel {
  const { provider } = models[0]!
  return {
    name: `${name} by layers (${order}, seed ${seed})`,
    sha256: hashOfJson(models.map(({ sha256 }) => sha256)),
    ...(provider && { provider }),
  }
}

/** @returns [maps, …] */
function stacked(maps: readonly Tensor[]): Tensor {
  const [{ shape, data: first }] = maps as [Tensor]
  const data = new Float32Array(maps.length * first.length)
  for (const [index, map] of maps.entries()) data.set(map.data, index * first.length)
  return { data, shape: [maps.length, ...shape] }
}
