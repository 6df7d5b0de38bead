import type { AttributionMethod } from '../attribution-method'
import type { Bilingual } from '../bilingual'
import type { RandomizedDepth } from '../classifier'
import type { PictureName, PictureTitles } from '../pictures/picture-name'
import type { Measurement } from './measurement'
import { solids } from './measurements/solids'
import { layerName, pictureName, plainName, stepsName } from './measurements/values'

/** What a measurement gives a number of, before it has been made: what a claim about it may name. */
export interface Subject {
  readonly subject: string
  readonly name: Bilingual
}

export interface Subjects {
  /** In the order of the measurement. */
  readonly known: readonly Subject[]
  /** Whether the measurement may give numbers of others, which only measuring tells. */
  readonly open: boolean
}

export const signNames = {
  positive: { zh: '正權重', en: 'positive weight' },
  negative: { zh: '負權重', en: 'negative weight' },
} as const

export const hiddenColourNames = {
  positive: { zh: '遮住綠色', en: 'green hidden' },
  negative: { zh: '遮住紅色', en: 'red hidden' },
} as const

export const methodNames: Readonly<Record<AttributionMethod, string>> = {
  saliency: 'Saliency map',
  'smooth-grad': 'SmoothGrad',
  'integrated-gradients': 'Integrated gradients',
}

export const correlationName = { zh: '相關係數', en: 'correlation' } as const

export const normalizationNames = {
  before: { zh: 'normalization 之前', en: 'before normalization' },
  after: { zh: 'normalization 之後', en: 'after normalization' },
  moved: { zh: '最亮處移動', en: 'brightest place moves' },
} as const

export const trainedName = { zh: '訓練好的模型', en: 'trained model' } as const

export const stageNames: Readonly<Record<RandomizedDepth, Bilingual>> = {
  output: { zh: '輸出層隨機的模型', en: 'model with a random output layer' },
  linear: { zh: '全連接層隨機的模型', en: 'model with random linear layers' },
  all: { zh: '全部隨機的模型', en: 'model with random weights throughout' },
}

/** A step of a randomization by layers, counted from 1. */
export function stepName(step: number, layer: string): Bilingual {
  return { zh: `第 ${step} 步換掉 ${layer}`, en: `at step ${step}, which draws ${layer}` }
}

export const sumNames = {
  change: { zh: '圖片與全黑圖片的 logit 之差', en: 'logit of the picture − logit of black' },
  logit: { zh: '圖片的 logit', en: 'logit of the picture' },
  probability: { zh: '圖片的機率', en: 'probability of the picture' },
  zero: { zh: '0', en: '0' },
} as const

export function copiesName(count: number): Bilingual {
  return { zh: `${count} 份副本`, en: count === 1 ? '1 copy' : `${count} copies` }
}

/** Linear stands outside the sequence that `layer` counts, and is offered as an answer all the same. */
export const layerKinds = ['Conv2d', 'BatchNorm2d', 'ReLU', 'MaxPool2d', 'Linear'] as const

export const targetNames = {
  next: { zh: '下一個 token', en: 'next token' },
  previous: { zh: '前一個 token', en: 'previous token' },
  same: { zh: '相同的 token', en: 'same token' },
  period: { zh: '句號', en: 'period' },
  special: { zh: '特殊 token', en: 'special tokens' },
} as const

export const propertyNames = {
  position: { zh: '位置', en: 'position' },
  length: { zh: '句子長度', en: 'length of the sentence' },
  meaning: { zh: '意思', en: 'meaning' },
  occurrences: { zh: '出現次數', en: 'occurrences' },
} as const

const metricNames = {
  cosine: { zh: '餘弦相似度', en: 'cosine similarity' },
  euclidean: { zh: '歐氏距離', en: 'Euclidean distance' },
} as const

/** A metric at a part of the sentences, as `group-separation` compares them. */
export function choiceSubject(metric: keyof typeof metricNames, part: string): Subject {
  const { zh, en } = metricNames[metric]
  return { subject: `${metric} ${part}`, name: { zh: `「${part}」${zh}`, en: `「${part}」 ${en}` } }
}

export function layersSubject([first, last]: readonly [number, number]): Subject {
  const name = { zh: `第 ${first} 到 ${last} 層`, en: `layers ${first} to ${last}` }
  return { subject: `${first}-${last}`, name }
}

/** The names of a picture's regions; none where they are not known. */
export type RegionsOf = (picture: PictureName) => readonly Bilingual[]

const noTitles: PictureTitles = () => undefined

/** @returns what a claim about the measurement may name. */
export function subjectsOf(m: Measurement, regionsOf: RegionsOf, titles = noTitles): Subjects {
  const closed = (known: readonly Subject[]): Subjects => ({ known, open: false })
  const named = (names: { readonly [subject: string]: Bilingual }) =>
    closed(Object.entries(names).map(([subject, name]) => ({ subject, name })))
  const numbered = (numbers: readonly number[], name: (number: number) => Bilingual) =>
    closed(numbers.map((number) => ({ subject: String(number), name: name(number) })))
  switch (m.measure) {
    case 'region-weight':
    case 'region-removal':
    case 'region-enrichment':
    case 'contribution-density':
      return closed(regionsOf(m.picture).map((name) => ({ subject: name.en, name })))
    case 'weight-signs':
      return named(signNames)
    case 'colour-removal':
      return named(hiddenColourNames)
    case 'map-disagreement':
    case 'map-overlap':
    case 'gradient-scale':
      return closed(m.pictures.map((id) => ({ subject: String(id), name: pictureName(id, titles) })))
    case 'food-enrichment':
      return closed(m.methods.map((method) => ({ subject: method, name: plainName(methodNames[method]) })))
    case 'solid-likeness':
      return closed(solids.map(({ id, name }) => ({ subject: id, name })))
    case 'steps-likeness':
    case 'steps-contrast':
      return numbered(m.steps, stepsName)
    case 'cascade-likeness':
      return named(stageNames)
    case 'layer-likeness':
      // Which layers there are is the model's affair.
      return { known: [], open: true }
    case 'edge-likeness':
      return named({ trained: trainedName, ...stageNames })
    case 'attribution-sum':
      return named(sumNames)
    case 'seed-agreement':
      return numbered(m.samples, copiesName)
    case 'finite-differences':
    case 'activation-likeness':
      return named({ correlation: correlationName })
    case 'normalization-effect':
      return named(normalizationNames)
    case 'region-activation':
      return closed(m.parts.map(({ id, name }) => ({ subject: id, name })))
    case 'layer-kind':
      return closed(layerKinds.map((kind) => ({ subject: kind, name: plainName(kind) })))
    case 'head-focus':
      return named(targetNames)
    case 'masked-part-of-speech':
      // How many layers there are is the model's affair.
      return { known: [], open: true }
    case 'masked-words':
      return { known: m.tokens.map((token) => ({ subject: token, name: plainName(token) })), open: true }
    case 'masked-drop':
      return closed([{ subject: m.token, name: plainName(m.token) }])
    case 'activation-sharpness':
    case 'head-weight':
    case 'answer-distance':
    case 'pair-similarity':
      return numbered(m.layers, layerName)
    case 'question-matching':
    case 'sentence-clustering':
      return closed(m.groups.map(layersSubject))
    case 'group-separation':
      return closed(m.choices.map(({ metric, part }) => choiceSubject(metric, part)))
    case 'embedding-dependence':
      return named(propertyNames)
  }
}
