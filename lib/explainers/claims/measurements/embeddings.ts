import { meanOf } from '../../correlation'
import { computeLanguageEvidence } from '../../language/language-request'
import { embeddingSimilarity } from '../../methods/embedding-similarity'
import { embeddingSpace, type SPACE_MEASURES } from '../../methods/embedding-space'
import type { Lab } from '../lab'
import type { MeasurementOf } from '../measurement'
import type { ReadingValue } from '../reading'
import { choiceSubject, layersSubject, propertyNames } from '../subjects'
import { layerName, named } from './values'

/** Measurements of hidden states. See `measurementSchema` for what each gives. */

type SpaceLayer = { readonly layer: number } & Readonly<Record<(typeof SPACE_MEASURES)[number], number>>

/** @returns of each passage, its layers from 1. */
async function spaceOfPassages(lab: Lab): Promise<(readonly SpaceLayer[])[]> {
  const model = await lab.languageModel('question-answering')
  const found: (readonly SpaceLayer[])[] = []
  for (const [index, input] of (await lab.passages()).entries()) {
    const { measurements } = await computeLanguageEvidence({
      explainer: embeddingSpace,
      model,
      input,
      inputName: `passage ${index + 1}`,
      variant: 'homework',
      ...(lab.signal && { signal: lab.signal }),
    })
    found.push(measurements.layers as unknown as readonly SpaceLayer[])
  }
  return found
}

export async function answerDistance(
  { layers }: MeasurementOf<'answer-distance'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const passages = await spaceOfPassages(lab)
  return layers.map((layer) => {
    const ratios = passages.map((passage) => passage[layer - 1]?.['answer-distance-ratio'] ?? Number.NaN)
    return named(layer, layerName(layer), meanOf(ratios))
  })
}

export async function questionMatching(
  { groups }: MeasurementOf<'question-matching'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  return overGroups(lab, groups, (layer) => layer['question-relevant'] - layer['question-rest'])
}

export async function sentenceClustering(
  { groups }: MeasurementOf<'sentence-clustering'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  return overGroups(lab, groups, (layer) => layer.purity - layer['purity-chance'])
}

async function overGroups(
  lab: Lab,
  groups: readonly (readonly [number, number])[],
  measure: (layer: SpaceLayer) => number,
): Promise<ReadingValue[]> {
  const passages = await spaceOfPassages(lab)
  return groups.map(([first, last]) => {
    const values = passages.flatMap((passage) => passage.slice(first - 1, last).map(measure))
    const expected = passages.length * (last - first + 1)
    const { subject, name } = layersSubject([first, last])
    return named(subject, name, values.length === expected ? meanOf(values) : null)
  })
}

async function similarity(lab: Lab, part: string, metric: 'cosine' | 'euclidean', pair?: [number, number]) {
  const { measurements } = await computeLanguageEvidence({
    explainer: embeddingSimilarity,
    model: await lab.languageModel('chinese'),
    input: await lab.sentences(part),
    inputName: 'sentences',
    variant: 'homework',
    parameters: { metric, ...(pair && { pair }) },
    ...(lab.signal && { signal: lab.signal }),
  })
  return measurements as unknown as {
    readonly layers: readonly { readonly layer: number; readonly separation: number | null }[]
    readonly pair: { readonly values: readonly number[] }
    readonly embedding: readonly {
      readonly value: number
      readonly positions: readonly [number, number]
      readonly lengths: readonly [number, number]
      readonly occurrences: readonly [number, number]
      readonly groups: readonly [string, string]
    }[]
  }
}

export async function groupSeparation(
  { choices, layer }: MeasurementOf<'group-separation'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const values: ReadingValue[] = []
  for (const { metric, part } of choices) {
    const { layers } = await similarity(lab, part, metric)
    const { subject, name } = choiceSubject(metric, part)
    const found = layers.find((candidate) => candidate.layer === layer)
    values.push(named(subject, name, found?.separation ?? null))
  }
  return values
}

export async function pairSimilarity(
  { part, sentences, layers }: MeasurementOf<'pair-similarity'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { pair } = await similarity(lab, part, 'cosine', [sentences[0] - 1, sentences[1] - 1])
  return layers.map((layer) => named(layer, layerName(layer), pair.values[layer] ?? null))
}

/** Distances below this are rounding: vectors of some hundreds of float32 numbers. */
const rounding = 1e-6

export async function embeddingDependence(
  { part }: MeasurementOf<'embedding-dependence'>,
  lab: Lab,
): Promise<ReadingValue[]> {
  const { embedding: pairs } = await similarity(lab, part, 'euclidean')
  const properties = [
    ['position', 'positions'],
    ['length', 'lengths'],
    ['meaning', 'groups'],
    ['occurrences', 'occurrences'],
  ] as const
  return properties.map(([subject, key]) => {
    const agreeing = pairs.filter((pair) => pair.value <= rounding === (pair[key][0] === pair[key][1]))
    return named(subject, propertyNames[subject], agreeing.length / pairs.length)
  })
}
