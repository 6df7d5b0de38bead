import type { Bilingual } from '@/lib/explainers/bilingual'
import type { MeasuredQuantity, OptionOutcome, VerdictView } from '@/lib/verification/view'

/** What was found of a part's key of one model. */
export interface FoundOfModel {
  readonly verdict: VerdictView
  /** By option id. */
  readonly options: { readonly [optionId: string]: OptionOutcome }
}

/** One quantity of both models. */
export interface ComparedQuantity {
  readonly title: Bilingual
  readonly unit: string
  readonly values: readonly {
    readonly name: Bilingual
    /** null: it does not exist, or was not measured. */
    readonly before: number | null
    readonly after: number | null
  }[]
}

/** @returns the numbers of both models beside each other, in the order of the one before; what only one has, too. */
export function compareQuantities(
  before: readonly MeasuredQuantity[],
  after: readonly MeasuredQuantity[],
): ComparedQuantity[] {
  return namesOf(before, after, ({ title }) => title.en).map((name) => {
    const [one, other] = [before, after].map((all) => all.find(({ title }) => title.en === name))
    const { title, unit } = (one ?? other)!
    const [mine, theirs] = [one?.values ?? [], other?.values ?? []]
    const values = namesOf(mine, theirs, (value) => value.name.en).map((subject) => {
      const [own, next] = [mine, theirs].map((all) => all.find((value) => value.name.en === subject))
      return { name: (own ?? next)!.name, before: own?.value ?? null, after: next?.value ?? null }
    })
    return { title, unit, values }
  })
}

function namesOf<Thing>(
  before: readonly Thing[],
  after: readonly Thing[],
  nameOf: (thing: Thing) => string,
): string[] {
  return [...new Set([...before, ...after].map(nameOf))]
}

/**
 * Whether a swap changes what is known of a part: its verdict, or whether an option is true of the model.
 * @param before null: its key was never checked, so that anything found is news
 */
export function isChanged(before: FoundOfModel | null, after: FoundOfModel): boolean {
  if (!before || before.verdict.verdict !== after.verdict.verdict) return true
  return namesOf(Object.keys(before.options), Object.keys(after.options), (id) => id).some(
    (id) => before.options[id]?.holds !== after.options[id]?.holds,
  )
}
