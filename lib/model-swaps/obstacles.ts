import type { Bilingual } from '@/lib/explainers/bilingual'
import { type Measurement, type ModelRole, roleOf } from '@/lib/explainers/claims/measurement'
import { type ModelParts, needsOf, type UnmetNeed, unmetNeed } from '@/lib/explainers/claims/model-needs'

/** What is known of a model before it is opened. */
export type ModelOutline = ModelParts & {
  readonly name: string
  /** The kinds of measurement that can be made on it. */
  readonly roles: readonly ModelRole[]
  /** Of a classifier, in the order of its outputs; null for a language model. */
  readonly classes: readonly string[] | null
}

/** Why a model cannot take another's place in a question. */
export type SwapObstacle =
  | UnmetNeed
  /** `after` null: it has no such class at all. */
  | {
      readonly kind: 'class'
      readonly picture: Bilingual
      readonly before: string
      readonly after: string | null
    }
  /** A measurement that is made on another kind of model. */
  | { readonly kind: 'role' }
  /** What the figure itself says, which was asked for this model. */
  | { readonly kind: 'figure'; readonly reason: Bilingual }

/** What a question asks of its model. */
export interface ModelUse {
  /** Of the figure's maps, in the words of the registry. */
  readonly methods: readonly string[]
  readonly measurements: readonly Measurement[]
  /** Pictures of figure and measurements, with the index of the class that each shows. */
  readonly pictures: readonly { readonly title: Bilingual; readonly label: number }[]
}

/** Maps that are made of gradients of a logit by the picture. */
const byGradient: ReadonlySet<string> = new Set(['saliency', 'smooth-grad', 'integrated-gradients'])

/**
 * Compares what a question asks of its model with what another one has. What figures say themselves is asked elsewhere.
 * @param from null: it is gone, so that its classes are not known
 * @returns each reason once.
 */
export function findSwapObstacles(
  use: ModelUse,
  from: ModelOutline | null,
  to: ModelOutline,
): SwapObstacle[] {
  const found: SwapObstacle[] = []
  for (const { title, label } of use.pictures) {
    const before = from?.classes?.[label]
    const after = to.classes?.[label] ?? null
    if (before !== undefined && before !== after) found.push({ kind: 'class', picture: title, before, after })
  }
  const needs = use.measurements.flatMap(needsOf)
  if (use.methods.some((method) => byGradient.has(method))) needs.push({ kind: 'gradient' })
  found.push(...needs.flatMap((need) => unmetNeed(need, to) ?? []))
  if (use.measurements.some((measurement) => !to.roles.includes(roleOf(measurement))))
    found.push({ kind: 'role' })
  return [...new Map(found.map((obstacle) => [JSON.stringify(obstacle), obstacle])).values()]
}

/** Whether one can stand in the other's place at all: both explain pictures, or both read the same kind of text. */
export function isSameKind(one: ModelOutline, other: ModelOutline): boolean {
  return one.kind === other.kind && one.roles.some((role) => other.roles.includes(role))
}

const words: {
  readonly [Kind in SwapObstacle['kind']]: (obstacle: Extract<SwapObstacle, { kind: Kind }>) => Bilingual
} = {
  class: ({ picture, before, after }) => ({
    zh: `圖片「${picture.zh}」的類別是「${before}」，這個模型在同一位置${after === null ? '沒有類別' : `是「${after}」`}。`,
    en: `Picture “${picture.en}” shows the class “${before}”; ${after === null ? 'this model has none' : `this model has “${after}”`} in its place.`,
  }),
  layer: ({ layer, layers }) => ({
    zh: `用到第 ${layer} 層；這個模型只有 ${layers} 層。`,
    en: `It is about layer ${layer}; this model has ${layers} layers.`,
  }),
  filter: ({ layer, filter, filters }) => ({
    zh: `用到第 ${layer} 層的第 ${filter} 個 filter；這個模型在那裡有 ${filters} 個，從 0 編號。`,
    en: `It is about filter ${filter} of layer ${layer}; this model has ${filters} there, counted from 0.`,
  }),
  head: ({ head, heads }) => ({
    zh: `用到第 ${head} 個 head；這個模型只有 ${heads} 個。`,
    en: `It is about head ${head}; this model has ${heads}.`,
  }),
  gradient: ({ operator }) => ({
    zh: `需要對圖片的梯度；這個模型的運算「${operator}」沒有梯度規則。`,
    en: `It needs gradients by the picture; this model’s ${operator} has no gradient rule.`,
  }),
  role: () => ({
    zh: '它的主張用到這類模型無法做的量測。',
    en: 'Its claims rest on a measurement that is made on another kind of model.',
  }),
  figure: ({ reason }) => reason,
}

/** @returns the obstacle for a person. */
export function describeObstacle(obstacle: SwapObstacle): Bilingual {
  return (words[obstacle.kind] as (obstacle: SwapObstacle) => Bilingual)(obstacle)
}
