import type { FloatTensor, Tensor } from '../../evidence'
import { filterActivation } from '../../methods/filter-activation'
import { measureActivation, resizeBilinear } from '../../regions'
import type { Lab, LabPicture } from '../lab'
import type { MeasurementOf, RegionPart } from '../measurement'
import type { ReadingValue } from '../reading'
import { meanOf, meanOfKnown, pearson } from './correlation'
import { smooth } from './maps'
import { findRegion, layerName, named, plainName } from './values'

/** Measurements of filters (channels) of a layer. See `measurementSchema` for what each gives. */

/** Half the width in pixels of the ring along a region's outline. */
const outlineReach = 2
/** A region's pixel is in shadow where its luminance is below this share of the region's median. */
const shadowShare = 0.8
/** Deviation in pixels that takes from a shallow layer the detail that a deep one cannot have. */
const layerSmoothing = 4

async function activationOf(lab: Lab, picture: number, layer: number, filter: number): Promise<Tensor> {
  const evidence = await lab.evidence({
    method: filterActivation.method,
    picture,
    parameters: { layer, filter },
  })
  return evidence.arrays.activation!
}

export async function regionActivation(
  { picture: number, layer, filter, statistic, parts }: MeasurementOf<'region-activation'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const activation = await activationOf(lab, number, layer, filter)
  const picture = await lab.picture(number)
  return parts.map((part) => {
    const coverage = coverageOf(part, picture)
    return named(part.id, part.name, measureActivation(activation, { name: part.name, coverage })[statistic]!)
  })
}

function coverageOf({ region, part }: RegionPart, { input, regions }: LabPicture): FloatTensor {
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
  const plane = coverage.data.length
  const luminance = (pixel: number) =>
    0.2126 * data[pixel]! + 0.7152 * data[plane + pixel]! + 0.0722 * data[2 * plane + pixel]!
  const own = Array.from(coverage.data, (covered, pixel) => (covered >= 0.5 ? luminance(pixel) : -1)).filter(
    (value) => value >= 0,
  )
  const limit = shadowShare * (own.toSorted((a, b) => a - b)[Math.floor(own.length / 2)] ?? 0)
  return {
    data: coverage.data.map((covered, pixel) =>
      luminance(pixel) < limit === (part === 'shadow') ? covered : 0,
    ),
    shape: coverage.shape,
  }
}

async function enlarged(lab: Lab, picture: number, layer: number, filter: number): Promise<FloatTensor> {
  const { height, width } = (await lab.classifier()).inputSize
  return resizeBilinear(await activationOf(lab, picture, layer, filter), height, width)
}

export async function activationSharpness(
  { pictures, layers, filter }: MeasurementOf<'activation-sharpness'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const values: ReadingValue[] = []
  for (const layer of layers) {
    const sharpness: (number | null)[] = []
    for (const picture of pictures)
      sharpness.push(laplacianShare(await enlarged(lab, picture, layer, filter)))
    values.push(named(layer, layerName(layer), meanOfKnown(sharpness)))
  }
  return values
}

/** @returns energy of the map's Laplacian ÷ energy of its deviations from the mean; null of an even map. */
export function laplacianShare({ data, shape }: FloatTensor): number | null {
  const [height = 0, width = 0] = shape
  const mean = meanOf(data)
  const energy = data.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  let laplacian = 0
  for (let row = 1; row < height - 1; row++) {
    for (let column = 1; column < width - 1; column++) {
      const at = row * width + column
      const around = data[at - 1]! + data[at + 1]! + data[at - width]! + data[at + width]!
      laplacian += (around - 4 * data[at]!) ** 2
    }
  }
  return energy === 0 ? null : laplacian / energy
}

export async function activationLikeness(
  { pictures, layers, filter }: MeasurementOf<'activation-likeness'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const likenesses: (number | null)[] = []
  for (const picture of pictures) {
    const [one, other] = await Promise.all(
      layers.map(async (layer) => smooth(await enlarged(lab, picture, layer, filter), layerSmoothing)),
    )
    likenesses.push(pearson(one!, other!))
  }
  return [named('correlation', { zh: '相關係數', en: 'correlation' }, meanOfKnown(likenesses))]
}

/** Linear stands outside the sequence that `layer` counts, and is offered as an answer all the same. */
const kinds = ['Conv2d', 'BatchNorm2d', 'ReLU', 'MaxPool2d', 'Linear'] as const

export async function layerKind({ layer }: MeasurementOf<'layer-kind'>, lab: Lab): Promise<ReadingValue[]> {
  const { layers } = await lab.classifier()
  const found = layers.find(({ index }) => index === layer)
  return kinds.map((kind) => named(kind, plainName(kind), found ? (found.type === kind ? 1 : 0) : null))
}
