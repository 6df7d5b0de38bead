import { spearman } from '../../correlation'
import { nameOfPictures } from '../../figures/wording'
import { hiddenSuperpixels } from '../../methods/hidden-superpixels'
import { lime } from '../../methods/lime'
import { asBatch } from '../../methods/request'
import { saliency } from '../../methods/saliency'
import { weightsByLabel } from '../../methods/superpixel-weights'
import { measureWeights } from '../../regions'
import type { Lab } from '../lab'
import type { MeasurementOf } from '../measurement'
import type { ReadingValue } from '../reading'
import { hiddenColourNames, signNames } from '../subjects'
import { findRegion, named } from './values'

/** Measurements of LIME (Ribeiro, Singh & Guestrin, KDD 2016). See `measurementSchema` for what each gives. */

export async function regionWeight(
  { picture, seed }: MeasurementOf<'region-weight'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { weights } = (await lab.evidence({ method: lime.method, picture, seed })).arrays
  const { regions } = await lab.picture(picture)
  return regions.map((region) =>
    named(region.name.en, region.name, measureWeights(weights!, region).weightPerMille!),
  )
}

export async function weightSigns(
  { picture, region, seed }: MeasurementOf<'weight-signs'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { weights } = (await lab.evidence({ method: lime.method, picture, seed })).arrays
  const measured = measureWeights(weights!, findRegion((await lab.picture(picture)).regions, region))
  return [
    named('positive', signNames.positive, measured.positiveShare!),
    named('negative', signNames.negative, measured.negativeShare!),
  ]
}

export async function regionRemoval(
  { picture: id }: MeasurementOf<'region-removal'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { input, label, regions } = await lab.picture(id)
  const classifier = await lab.classifier()
  const plane = input.data.length / 3
  const copies = new Float32Array((regions.length + 1) * input.data.length)
  copies.set(input.data)
  for (const [index, { coverage }] of regions.entries()) {
    const copy = copies.subarray((index + 1) * input.data.length, (index + 2) * input.data.length)
    const area = coverage.data.reduce((sum, covered) => sum + covered, 0)
    for (let channel = 0; channel < 3; channel++) {
      const values = input.data.subarray(channel * plane, (channel + 1) * plane)
      const mean = values.reduce((sum, value, pixel) => sum + value * coverage.data[pixel]!, 0) / area
      for (let pixel = 0; pixel < plane; pixel++) {
        const covered = coverage.data[pixel]!
        copy[channel * plane + pixel] = values[pixel]! * (1 - covered) + mean * covered
      }
    }
  }
  const shape = [regions.length + 1, ...asBatch(input).shape.slice(1)]
  const { data: logits } = await classifier.logits({ data: copies, shape })
  const logit = (copy: number) => logits[copy * classifier.classes.length + label]!
  return regions.map(({ name }, index) => named(name.en, name, logit(index + 1) - logit(0)))
}

export async function colourRemoval(
  { picture, seed }: MeasurementOf<'colour-removal'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const evidence = await lab.evidence({ method: hiddenSuperpixels.method, picture, seed })
  const change = evidence.measurements.change as { readonly positive: number; readonly negative: number }
  return [
    named('positive', hiddenColourNames.positive, change.positive),
    named('negative', hiddenColourNames.negative, change.negative),
  ]
}

export async function mapDisagreement(
  { pictures, seed }: MeasurementOf<'map-disagreement'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const values: ReadingValue[] = []
  for (const picture of pictures) {
    const { superpixels, weights } = (await lab.evidence({ method: lime.method, picture, seed })).arrays
    const { attribution } = (await lab.evidence({ method: saliency.method, picture })).arrays
    // Superpixels count from 1.
    const positive = weightsByLabel(superpixels!, weights!)
      .slice(1)
      .map((weight) => Math.max(0, weight))
    const sums = new Float64Array(positive.length)
    const sizes = new Float64Array(positive.length)
    for (const [pixel, label] of superpixels!.data.entries()) {
      sums[label - 1]! += attribution!.data[pixel]!
      sizes[label - 1]! += 1
    }
    const rho = spearman(
      positive,
      sums.map((sum, index) => sum / sizes[index]!),
    )
    values.push(named(picture, nameOfPictures(await lab.picture(picture)), rho === null ? null : 1 - rho))
  }
  return values
}
