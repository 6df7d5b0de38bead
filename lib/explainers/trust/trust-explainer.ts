import { randomizedDepths } from '../classifier'
import { meanOf } from '../correlation'
import type { DerivedExplainer } from '../derived-explainer'
import type { Evidence, FloatTensor, OtherModel } from '../evidence'
import type { Explainer, ExplainRequest, Explanation, Parameters } from '../explainer'
import { checkRequest, forEachBatch } from '../methods/request'
import { RandomStream } from '../random'
import { gaussianSmooth } from '../segmentation/gaussian'
import { probabilityOf } from '../softmax'
import { agreementAmong, agreementOf } from './agreement'
import type { Completeness } from './completeness'
import { type Importance, importanceOf } from './importance'
import type { TrustMeasurements } from './measurements'
import { areaUnder, evenly, type PerturbationCurve, perturbationCurve } from './perturbation-curve'
import { pointingGame } from './pointing-game'
import { downTo, explainRandomized } from './randomized-map'
import { atRandom, byImportance, planRemoval } from './removal-order'

/** Looks along a deletion or insertion curve, after the first. */
export const CURVE_STEPS = 40
/** Orders that the curves of a map are compared with. */
const RANDOM_ORDERS = 3
/** Deviation in pixels of the blur that insertion begins with. */
const BLUR = 5
/** Further seeds with which a map is made again. */
const OTHER_SEEDS = 2
/** Raised when the numbers change. */
const VERSION = 1

type Arrays = Explanation['arrays']

/** What is particular to one method. */
interface Particulars<P extends Parameters> {
  /** Whether the seed changes the map. */
  readonly usesChance: boolean
  /** What the map adds up to; null: it makes no such claim. */
  readonly completeness: ((basis: Evidence, request: ExplainRequest<P>) => Promise<Completeness>) | null
}

/**
 * Tests the map that a method makes, by evidence of the same request: how the score falls and rises along it, whether it
 * adds up, whether other seeds make the same map, whether a model that has learned nothing makes the same map, and
 * whether it points at the object. Definitions, papers and caveats: docs/trust.md.
 *
 * Arrays: `input` [3,H,W], `logits` [classes]; `deletion`, `insertion`, and the means over random orders
 * `randomDeletion`, `randomInsertion` [41]: the class's probability at evenly spaced shares of the picture from 0 to 1.
 * Measurements: `TrustMeasurements`.
 */
export function trustIn<P extends Parameters>(
  explainer: Explainer<P>,
  { usesChance, completeness }: Particulars<P>,
): DerivedExplainer<P> {
  const { method, parameters } = explainer
  return {
    method: `trust-${method}`,
    // Another map is another thing to measure.
    version: 1000 * VERSION + explainer.version,
    basis: method,
    parameters: (variant, classifier) => parameters.call(explainer, variant, classifier),

    async explain(request, basis): Promise<Explanation> {
      checkRequest(request)
      const { classifier, picture, variant, seed, regions = [] } = request
      const seeds = usesChance ? [seed, ...otherSeeds(seed)] : []
      const pieces = piecesOf(request, 1 + Math.max(0, seeds.length - 1) + randomizedDepths.length)
      const importance = importanceOf({ method, variant }, basis.arrays)
      const rank = (arrays: Arrays) => importanceOf({ method, variant }, arrays).values

      const curves = await measureCurves(request, importance)
      pieces.finish()
      const maps = [importance.values]
      for (const other of seeds.slice(1)) {
        maps.push(rank((await explainer.explain(pieces.within({ ...request, seed: other }))).arrays))
        pieces.finish()
      }
      const randomization: TrustMeasurements['randomization'] = []
      const otherModels: OtherModel[] = []
      for (const depth of randomizedDepths) {
        const { arrays, model } = await explainRandomized(
          explainer,
          pieces.within(request),
          downTo(depth, request),
        )
        randomization.push({ depth, ...agreementOf(importance.values, rank(arrays)) })
        otherModels.push(model)
        pieces.finish()
      }
      const measured: TrustMeasurements = {
        ...curves.measurements,
        completeness: completeness ? await completeness(basis, request) : null,
        seeds: usesChance ? { seeds, ...agreementAmong(maps) } : null,
        randomization,
        pointing: regions
          .filter(({ explained }) => explained)
          .map(({ name, coverage }) => ({ object: name, ...pointingGame(importance, coverage) })),
      }
      return {
        arrays: { input: picture, logits: basis.arrays.logits!, ...curves.arrays },
        measurements: { ...measured },
        batch: classifier.batchOf(CURVE_STEPS + 1),
        otherModels,
      }
    },
  }
}

/** @returns the smallest seeds but this one. */
function otherSeeds(seed: number): number[] {
  return Array.from({ length: OTHER_SEEDS + 1 }, (_, other) => other)
    .filter((other) => other !== seed)
    .slice(0, OTHER_SEEDS)
}

/** One bar for work in pieces that take about as long as each other. */
function piecesOf({ progress }: ExplainRequest, count: number) {
  let finished = 0
  const report = (share: number) =>
    progress?.('testing-map', Math.round(100 * (finished + share)), 100 * count)
  report(0)
  return {
    finish() {
      finished += 1
      report(0)
    },
    /** The same request, its progress being that of the present piece. Short steps of one part are left out. */
    within: <P extends Parameters>(request: ExplainRequest<P>): ExplainRequest<P> => ({
      ...request,
      progress: (_, done, total) => total > 1 && report(done / total),
    }),
  }
}

async function measureCurves(request: ExplainRequest, importance: Importance) {
  const { picture, seed } = request
  const blank = meanColour(picture)
  const blurred = blur(picture)
  const score = scorer(request)
  const curvesOf = async (order: Int32Array) => {
    const removal = planRemoval(order, importance, CURVE_STEPS)
    return {
      deletion: await perturbationCurve(picture, blank, importance, removal, score),
      insertion: await perturbationCurve(blurred, picture, importance, removal, score),
    }
  }
  const own = await curvesOf(byImportance(importance))
  const random = new RandomStream(seed, 'random orders', picture.data)
  const others: (typeof own)[] = []
  for (let i = 0; i < RANDOM_ORDERS; i++)
    others.push(await curvesOf(atRandom(importance.values.length, random)))
  const compared = (kind: keyof typeof own) => ({
    area: areaUnder(own[kind]),
    random: meanOf(others.map((other) => areaUnder(other[kind]))),
  })
  return {
    measurements: { deletion: compared('deletion'), insertion: compared('insertion') },
    arrays: {
      deletion: meanCurve([own.deletion]),
      insertion: meanCurve([own.insertion]),
      randomDeletion: meanCurve(others.map(({ deletion }) => deletion)),
      randomInsertion: meanCurve(others.map(({ insertion }) => insertion)),
    },
  }
}

function meanCurve(curves: readonly PerturbationCurve[]): FloatTensor {
  const heights = curves.map((curve) => evenly(curve, CURVE_STEPS))
  const data = Float32Array.from({ length: CURVE_STEPS + 1 }, (_, step) =>
    meanOf(heights.map((each) => each[step]!)),
  )
  return { data, shape: [data.length] }
}

/** Scores pictures by the probability of the explained class. */
function scorer(request: ExplainRequest) {
  const { classifier, picture, target } = request
  const size = picture.data.length
  return async (count: number, write: (picture: Float32Array, index: number) => void) => {
    const scores: number[] = []
    await forEachBatch(request, count, async (first, end) => {
      const present = end - first
      const pictures = new Float32Array(present * size)
      for (let i = 0; i < present; i++) write(pictures.subarray(i * size, (i + 1) * size), first + i)
      const { data, shape } = await classifier.logits({ data: pictures, shape: [present, ...picture.shape] })
      const classes = shape[1]!
      for (let i = 0; i < present; i++)
        scores.push(probabilityOf(data.subarray(i * classes, (i + 1) * classes), target))
    })
    return scores
  }
}

/** @returns a picture of one colour, the mean of this one's. */
function meanColour({ data, shape }: FloatTensor): FloatTensor {
  const plane = data.length / 3
  const means = [0, 1, 2].map((channel) => meanOf(data.subarray(channel * plane, (channel + 1) * plane)))
  return { data: data.map((_, place) => means[Math.floor(place / plane)]!), shape }
}

function blur({ data, shape }: FloatTensor): FloatTensor {
  const [, height = 0, width = 0] = shape
  const plane = height * width
  const blurred = new Float32Array(data.length)
  for (let start = 0; start < data.length; start += plane) {
    const channel = Float64Array.from(data.subarray(start, start + plane))
    blurred.set(gaussianSmooth(channel, { height, width, channels: 1 }, BLUR), start)
  }
  return { data: blurred, shape }
}
