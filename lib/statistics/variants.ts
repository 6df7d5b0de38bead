import { fisherLess } from './fisher'
import { holm } from './holm'
import type { Item } from './items'
import { mean } from './moments'
import { type Interval, wilsonInterval } from './wilson'

/** Variants of an item and who had which. */
export interface VariedItem<Name> {
  readonly item: Pick<Item, 'maximum' | 'points'>
  /** Of each student, in the order of the item's columns; null: of none that is compared. */
  readonly variantOf: readonly (Name | null)[]
}

/** How hard one variant of an item was for those who had it. */
export interface VariantDifficulty<Name> {
  readonly name: Name
  readonly students: number
  /** Mean share of the points, 0..1. */
  readonly difficulty: number
  /** Wilson's, 95 %. */
  readonly interval: Interval
  /** Students with full points. */
  readonly full: number
  /**
   * How probable so few students with full points, or fewer, would be if the variants were equally hard: Fisher's exact test
   * against all other variants of the item, by Holm corrected over all variants of all items. null: there is no other.
   */
  readonly probability: number | null
  /** `probability` is below `harderBelow`. */
  readonly isHarder: boolean
}

export const harderBelow = 0.05

/**
 * Variants are dealt at random, so that a difference beyond chance is one of the variants. Points in between count as not full:
 * the test is exact for small classes, which a test of means is not.
 *
 * @returns of each item, its variants that somebody had, in the order of `names`
 */
export function compareVariants<Name>(
  items: readonly VariedItem<Name>[],
  names: (item: number) => readonly Name[],
): VariantDifficulty<Name>[][] {
  const described = items.map((varied, index) => describeVariants(varied, names(index)))
  const tested = described.flat().filter(({ probability }) => probability !== null)
  const adjusted = holm(tested.map(({ probability }) => probability!))
  const byVariant = new Map(tested.map((variant, index) => [variant, adjusted[index]!]))
  return described.map((variants) =>
    variants.map((variant) => {
      const probability = byVariant.get(variant) ?? null
      return { ...variant, probability, isHarder: probability !== null && probability < harderBelow }
    }),
  )
}

function describeVariants<Name>(
  { item: { maximum, points }, variantOf }: VariedItem<Name>,
  names: readonly Name[],
): VariantDifficulty<Name>[] {
  const groups = names.flatMap((name) => {
    const rows = [...variantOf.keys()].filter((row) => variantOf[row] === name)
    return rows.length === 0
      ? []
      : [{ name, rows, full: rows.filter((row) => points[row] === maximum).length }]
  })
  const all = groups.reduce((sum, { rows }) => sum + rows.length, 0)
  const allFull = groups.reduce((sum, { full }) => sum + full, 0)
  return groups.map(({ name, rows, full }) => {
    const students = rows.length
    const difficulty = mean(rows.map((row) => points[row]!)) / maximum
    return {
      name,
      students,
      difficulty,
      interval: wilsonInterval(Math.min(1, difficulty), students),
      full,
      probability: groups.length < 2 ? null : fisherLess(full, students, allFull, all),
      isHarder: false,
    }
  })
}
