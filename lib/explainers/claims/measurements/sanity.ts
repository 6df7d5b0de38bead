import { meanOfKnown, spearman } from '../../correlation'
import { integratedGradients } from '../../methods/integrated-gradients'
import { smoothGrad } from '../../methods/smooth-grad'
import { attributionMagnitude, measureAttribution } from '../../regions'
import { probabilityOf } from '../../softmax'
import { cascadeMeasurementsSchema } from '../../trust/cascade'
import { layerRandomizationSchema } from '../../trust/layer-randomization'
import { layerRandomizationParameters } from '../../trust/randomization-order'
import type { Lab } from '../lab'
import type { MeasurementOf } from '../measurement'
import type { ReadingValue } from '../reading'
import { copiesName, stageNames, stepName, sumNames, trainedName } from '../subjects'
import { named } from './values'

/** Sanity checks of attribution maps (Adebayo et al., NeurIPS 2018). See `measurementSchema` for what each gives. */

async function cascade(
  lab: Lab,
  { method, picture, seed }: MeasurementOf<'cascade-likeness' | 'edge-likeness'>,
) {
  const evidence = await lab.evidence({ method: `cascade-${method}`, picture, seed })
  return cascadeMeasurementsSchema.parse(evidence.measurements)
}

export async function cascadeLikeness(
  measurement: MeasurementOf<'cascade-likeness'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { randomization } = await cascade(lab, measurement)
  return randomization.map(({ depth, correlation }) => named(depth, stageNames[depth], correlation))
}

export async function layerLikeness(
  { method, picture, order, by, draws, seed }: MeasurementOf<'layer-likeness'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const evidence = await lab.evidence({
    method: `layer-randomization-${method}`,
    picture,
    seed,
    parameters: layerRandomizationParameters(method, { order, draws }),
  })
  const { stages } = layerRandomizationSchema.parse(evidence.measurements)
  return stages.map((stage, index) =>
    named(index + 1, stepName(index + 1, stage.layer), meanOfKnown(stage.draws.map((draw) => draw[by]))),
  )
}

export async function edgeLikeness(
  measurement: MeasurementOf<'edge-likeness'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { edges } = await cascade(lab, measurement)
  return [
    named('trained', trainedName, edges.trained),
    named('output', stageNames.output, edges.output),
    named('linear', stageNames.linear, edges.linear),
    named('all', stageNames.all, edges.all),
  ]
}

export async function attributionSum(
  { picture, steps }: MeasurementOf<'attribution-sum'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { label } = await lab.picture(picture)
  const { arrays, measurements } = await lab.evidence({
    method: integratedGradients.method,
    picture,
    parameters: { steps },
  })
  const sum = Number(measurements.sum)
  const logits = arrays.logits!.data as Float32Array
  const distance = (value: number) => Math.abs(sum - value)
  return [
    named('change', sumNames.change, distance(Number(measurements.change))),
    named('logit', sumNames.logit, distance(logits[label]!)),
    named('probability', sumNames.probability, distance(probabilityOf(logits, label))),
    named('zero', sumNames.zero, distance(0)),
  ]
}

export async function seedAgreement(
  { picture, samples, seed }: MeasurementOf<'seed-agreement'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const values: ReadingValue[] = []
  for (const count of samples) {
    const [one, other] = await Promise.all(
      [seed, seed + 1].map(async (each) => {
        const wanted = { method: smoothGrad.method, picture, seed: each, parameters: { samples: count } }
        return attributionMagnitude((await lab.evidence(wanted)).arrays.attribution!).data
      }),
    )
    values.push(named(count, copiesName(count), spearman(one!, other!)))
  }
  return values
}

export async function contributionDensity(
  { picture, baseline }: MeasurementOf<'contribution-density'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { arrays } = await lab.evidence({
    method: integratedGradients.method,
    picture,
    variant: 'paper',
    ...(baseline === 'white' && { parameters: { baseline } }),
  })
  const magnitude = attributionMagnitude(arrays.attribution!)
  const { regions } = await lab.picture(picture)
  return regions.map((region) =>
    named(region.name.en, region.name, measureAttribution(magnitude, region).enrichment!),
  )
}
