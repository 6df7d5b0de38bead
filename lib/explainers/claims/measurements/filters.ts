import { meanOf, meanOfKnown, pearson } from '../../correlation'
import type { FloatTensor, Tensor } from '../../evidence'
import { filterActivation } from '../../methods/filter-activation'
import type { PictureName } from '../../pictures/picture-name'
import { measureActivation, resizeBilinear } from '../../regions'
import type { Lab } from '../lab'
import type { MeasurementOf } from '../measurement'
import type { ReadingValue } from '../reading'
import { coverageOf } from '../region-part'
import { correlationName, layerKinds } from '../subjects'
import { smooth } from './maps'
import { layerName, named, plainName } from './values'

/** Measurements of filters (channels) of a layer. See `measurementSchema` for what each gives. */

/** Deviation in pixels that takes from a shallow layer the detail that a deep one cannot have. */
const layerSmoothing = 4

async function activationOf(lab: Lab, picture: PictureName, layer: number, filter: number): Promise<Tensor> {
  const evidence = await lab.evidence({
    method: filterActivation.method,
    picture,
    parameters: { layer, filter },
  })
  return evidence.arrays.activation!
}

export async function regionActivation(
  { picture: id, layer, filter, statistic, parts }: MeasurementOf<'region-activation'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const activation = await activationOf(lab, id, layer, filter)
  const picture = await lab.picture(id)
  return parts.map((part) => {
    const coverage = coverageOf(part, picture)
    return named(part.id, part.name, measureActivation(activation, { name: part.name, coverage })[statistic]!)
  })
}

async function enlarged(lab: Lab, picture: PictureName, layer: number, filter: number): Promise<FloatTensor> {
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
  return [named('correlation', correlationName, meanOfKnown(likenesses))]
}

export async function layerKind({ layer }: MeasurementOf<'layer-kind'>, lab: Lab): Promise<ReadingValue[]> {
  const { layers } = await lab.classifier()
  const found = layers.find(({ index }) => index === layer)
  return layerKinds.map((kind) => named(kind, plainName(kind), found ? (found.type === kind ? 1 : 0) : null))
}
