import type { ItemStatistics, OptionStatistics } from './items'

/** What deserves a look. Flags ask; only somebody who reads the question can answer. */
export type ItemFlag =
  /** Who does better elsewhere does worse here: often a wrong key. */
  | { readonly kind: 'negative-discrimination'; readonly correlation: number; readonly byChance: boolean }
  /** Who chooses this wrong option does better elsewhere: often a second right answer. */
  | {
      readonly kind: 'attractive-distractor'
      readonly optionId: string
      readonly correlation: number
      readonly byChance: boolean
    }
  /** Nobody chose it: it does not help to tell students apart. */
  | { readonly kind: 'never-chosen'; readonly optionId: string }

/** The normal distribution's quantile of 95 %, one-sided: a flag asks about one direction. */
const z = 1.6448536269514722

/** A correlation of zero comes out of the computer as a number of this size or less. */
const rounding = 1e-9

/**
 * @param students that the correlation comes from
 * @returns whether a correlation of this size would be seen in one of twenty samples or more if the true one were zero.
 * By Fisher's transformation (Fisher, R. A. (1921). On the "probable error" of a coefficient of correlation. Metron, 1, 3–32).
 */
export function mayBeChance(correlation: number, students: number): boolean {
  if (Math.abs(correlation) >= 1) return false
  return Math.abs(Math.atanh(correlation)) * Math.sqrt(students - 3) < z
}

/** @returns the item's flags, the gravest first; those that may be chance after the others of their kind. */
export function flagsOf(item: ItemStatistics): ItemFlag[] {
  const flags: ItemFlag[] = []
  const { restCorrelation, students } = item
  if (restCorrelation !== null && restCorrelation < -rounding)
    flags.push({
      kind: 'negative-discrimination',
      correlation: restCorrelation,
      byChance: mayBeChance(restCorrelation, students),
    })
  const distractors = item.options.filter((option) => !option.correct)
  const attractive = distractors
    .filter(attracts)
    .sort((left, right) => right.restCorrelation - left.restCorrelation)
  for (const { id, restCorrelation: correlation } of attractive)
    flags.push({
      kind: 'attractive-distractor',
      optionId: id,
      correlation,
      byChance: mayBeChance(correlation, students),
    })
  for (const { id, count } of item.options)
    if (count === 0) flags.push({ kind: 'never-chosen', optionId: id })
  return flags
}

function attracts(
  option: OptionStatistics,
): option is OptionStatistics & { readonly restCorrelation: number } {
  return option.restCorrelation !== null && option.restCorrelation > rounding
}
