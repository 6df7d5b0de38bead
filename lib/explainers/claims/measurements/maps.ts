import type { AttributionMethod } from '../../attribution-method'
import { meanOf, meanOfKnown, pearson } from '../../correlation'
import type { FloatTensor, Tensor } from '../../evidence'
import { nameOfPictures } from '../../figures/wording'
import { luminanceOf } from '../../luminance'
import { integratedGradients } from '../../methods/integrated-gradients'
import { asBatch } from '../../methods/request'
import { saliency } from '../../methods/saliency'
import { smoothGrad } from '../../methods/smooth-grad'
import type { PictureName } from '../../pictures/picture-name'
import { RandomStream } from '../../random'
import { attributionMagnitude, measureAttribution } from '../../regions'
import { gaussianSmooth } from '../../segmentation/gaussian'
import { strongestPlaces } from '../../strongest-places'
import type { Lab, LabPicture } from '../lab'
import type { MeasurementOf } from '../measurement'
import type { ReadingValue } from '../reading'
import { correlationName, methodNames, normalizationNames } from '../subjects'
import { type Box, drawSolid, solids } from './solids'
import { findRegion, named, plainName, stepsName } from './values'

/** Measurements of attribution maps. See `measurementSchema` for what each gives. */

async function magnitudeOf(
  lab: Lab,
  method: AttributionMethod,
  picture: PictureName,
  seed: number,
): Promise<FloatTensor> {
  return attributionMagnitude((await lab.evidence({ method, picture, seed })).arrays.attribution!)
}

export async function regionEnrichment(
  { method, picture, seed }: MeasurementOf<'region-enrichment'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const magnitude = await magnitudeOf(lab, method, picture, seed)
  const { regions } = await lab.picture(picture)
  return regions.map((region) =>
    named(region.name.en, region.name, measureAttribution(magnitude, region).enrichment!),
  )
}

export async function foodEnrichment(
  { methods, foods, seed }: MeasurementOf<'food-enrichment'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const values: ReadingValue[] = []
  for (const method of methods) {
    const enrichments: (number | null)[] = []
    for (const { picture, regions } of foods) {
      const magnitude = await magnitudeOf(lab, method, picture, seed)
      const known = (await lab.picture(picture)).regions
      let [area, share] = [0, 0]
      for (const wanted of regions) {
        const measured = measureAttribution(magnitude, findRegion(known, wanted))
        area += measured.area!
        share += measured.attributionShare ?? Number.NaN
      }
      enrichments.push(Number.isFinite(share / area) ? share / area : null)
    }
    values.push(named(method, plainName(methodNames[method]), meanOfKnown(enrichments)))
  }
  return values
}

export async function mapOverlap(
  { methods, pictures, share, smoothing, seed }: MeasurementOf<'map-overlap'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const values: ReadingValue[] = []
  for (const picture of pictures) {
    const [one, other] = await Promise.all(
      methods.map(async (method) =>
        strongestPlaces(smooth(await magnitudeOf(lab, method, picture, seed), smoothing), share),
      ),
    )
    const shared = [...one!].filter((pixel) => other!.has(pixel)).length
    values.push(named(picture, nameOfPictures(await lab.picture(picture)), shared / one!.size))
  }
  return values
}

/** @returns the map [height, width] as a Gaussian of that deviation in pixels leaves it. */
export function smooth({ data, shape }: Tensor, sigma: number): Float64Array {
  const [height = 0, width = 0] = shape
  return gaussianSmooth(Float64Array.from(data), { height, width, channels: 1 }, sigma)
}

/** In-plane turns that are tried of every solid alike. */
const turns = 24
/** Deviation in pixels that makes an area of the dots of a saliency map. */
const dotSmoothing = 2

export async function solidLikeness(
  { method, picture, region, seed }: MeasurementOf<'solid-likeness'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const magnitude = await magnitudeOf(lab, method, picture, seed)
  const map = smooth(magnitude, dotSmoothing)
  const [height = 0, width = 0] = magnitude.shape
  const box = boxOf(findRegion((await lab.picture(picture)).regions, region).coverage)
  return solids.map((solid) => {
    const likenesses = Array.from({ length: turns }, (_, turn) =>
      pearson(map, drawSolid(solid, (2 * Math.PI * turn) / turns, box, { height, width })),
    )
    const known = likenesses.filter((likeness) => likeness !== null)
    return named(solid.id, solid.name, known.length === 0 ? null : Math.max(...known))
  })
}

/** @returns the smallest box around the pixels that are covered by half or more. */
function boxOf({ data, shape }: FloatTensor): Box {
  const [height = 0, width = 0] = shape
  const box = { left: width, top: height, right: 0, bottom: 0 }
  for (const [pixel, covered] of data.entries()) {
    if (covered < 0.5) continue
    const [row, column] = [Math.floor(pixel / width), pixel % width]
    box.left = Math.min(box.left, column)
    box.right = Math.max(box.right, column + 1)
    box.top = Math.min(box.top, row)
    box.bottom = Math.max(box.bottom, row + 1)
  }
  return box
}

async function integrated(lab: Lab, picture: PictureName, steps: number): Promise<Tensor> {
  const evidence = await lab.evidence({ method: integratedGradients.method, picture, parameters: { steps } })
  return evidence.arrays.attribution!
}

export async function stepsLikeness(
  { picture, reference, steps }: MeasurementOf<'steps-likeness'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { data } = await integrated(lab, picture, reference)
  const values: ReadingValue[] = []
  for (const count of steps)
    values.push(named(count, stepsName(count), pearson(data, (await integrated(lab, picture, count)).data)))
  return values
}

export async function stepsContrast(
  { picture, steps }: MeasurementOf<'steps-contrast'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const values: ReadingValue[] = []
  for (const count of steps) {
    const { data } = attributionMagnitude(await integrated(lab, picture, count))
    values.push(named(count, stepsName(count), largestOf(data) / meanOf(data)))
  }
  return values
}

export async function gradientScale(
  { pictures }: MeasurementOf<'gradient-scale'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const found: { readonly picture: LabPicture; readonly largest: number }[] = []
  for (const id of pictures) {
    const { arrays } = await lab.evidence({ method: saliency.method, picture: id })
    found.push({ picture: await lab.picture(id), largest: largestOf(arrays.attribution!.data) })
  }
  const smallest = Math.min(...found.map(({ largest }) => largest))
  return found.map(({ picture, largest }) => named(picture.id, nameOfPictures(picture), largest / smallest))
}

/** Half the distance of the two points of a central difference; smaller ones drown in float32. */
const step = 0.02

export async function finiteDifferences(
  { picture: id, places, seed }: MeasurementOf<'finite-differences'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { input, label } = await lab.picture(id)
  const { gradient } = (await lab.evidence({ method: saliency.method, picture: id })).arrays
  const classifier = await lab.classifier()
  const classes = classifier.classes.length
  const random = new RandomStream(seed, 'finite-differences')
  const slopes: number[] = []
  const gradients: number[] = []
  for (let i = 0; i < places; i++) {
    const place = random.integer(input.data.length)
    const pair = new Float32Array(2 * input.data.length)
    for (const [copy, sign] of [1, -1].entries()) {
      pair.set(input.data, copy * input.data.length)
      pair[copy * input.data.length + place]! += sign * step
    }
    const shape = [2, ...asBatch(input).shape.slice(1)]
    const { data: logits } = await classifier.logits({ data: pair, shape })
    slopes.push(
      (crossEntropy(logits.subarray(0, classes), label) - crossEntropy(logits.subarray(classes), label)) /
        (2 * step),
    )
    gradients.push(gradient!.data[place]!)
  }
  return [
    named(
      'correlation',
      correlationName,
      pearson(
        slopes.map((slope) => Math.abs(slope)),
        gradients.map((value) => Math.abs(value)),
      ),
    ),
  ]
}

function crossEntropy(logits: Float32Array, label: number): number {
  const largest = largestOf(logits)
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0)
  return Math.log(sum) + largest - logits[label]!
}

export async function normalizationEffect(
  { picture, seed }: MeasurementOf<'normalization-effect'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { attribution } = (await lab.evidence({ method: smoothGrad.method, picture, seed })).arrays
  const data = Float32Array.from(attribution!.data)
  const smallest = data.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const range = largestOf(data) - smallest
  const before = luminanceOf(data.map((value) => Math.min(1, Math.max(0, value))))
  const after = luminanceOf(data.map((value) => (value - smallest) / range))
  const brightest = (values: Float64Array) => values.indexOf(largestOf(values))
  return [
    named('before', normalizationNames.before, meanOf(before)),
    named('after', normalizationNames.after, meanOf(after)),
    named('moved', normalizationNames.moved, brightest(before) === brightest(after) ? 0 : 1),
  ]
}

function largestOf(values: Iterable<number>): number {
  let largest = Number.NEGATIVE_INFINITY
  for (const value of values) largest = Math.max(largest, value)
  return largest
}
