import { extremeGroups, meanInGroup } from './extreme-groups'
import { mean, pearson, variance } from './moments'
import { reliability, restOf } from './reliability'
import { type Interval, wilsonInterval } from './wilson'

/** Classical item analysis of one assignment: every student's points and choices in, one record an item out. */

/** Below this nothing is said: an interval around anything would cover nearly everything. */
export const fewestStudents = 10
/** Below this every number comes with a warning: correlations are then off by 0.2 and more. */
export const cautionBelow = 100

export interface ItemOption {
  readonly id: string
  readonly correct: boolean
  /** 1 for each student who chose it, else 0. */
  readonly chosen: Uint8Array
}

export interface Item {
  readonly id: string
  /** Full points, thousandths. */
  readonly maximum: number
  /** Thousandths, one a student. */
  readonly points: Int32Array
  readonly options: readonly ItemOption[]
}

export interface OptionStatistics {
  readonly id: string
  readonly correct: boolean
  /** Students who chose it. */
  readonly count: number
  /** `count` / n, 0..1. Shares of an item add up to 1 only where exactly one option is chosen. */
  readonly share: number
  /** Share within the best and the weakest 27 %. */
  readonly upperShare: number
  readonly lowerShare: number
  /** Mean total of those who chose it, thousandths; null when nobody did. */
  readonly meanTotal: number | null
  /** Correlation of choosing it with the total of all other items; null where either does not vary. */
  readonly restCorrelation: number | null
}

export interface ItemStatistics {
  readonly id: string
  readonly maximum: number
  /** Mean share of the points, 0..1: the proportion who are right where the item is scored all or nothing. */
  readonly difficulty: number
  /** Wilson's, 95 %. */
  readonly interval: Interval
  /** Corrected item-total correlation: with the total of all other items. null where either does not vary. */
  readonly restCorrelation: number | null
  /** Difficulty in the best 27 % minus that in the weakest 27 %, −1..1. */
  readonly upperLower: number
  /** Cronbach's alpha of the test without this item. */
  readonly alphaWithout: number | null
  /** Students who chose no option. */
  readonly unanswered: number
  readonly options: readonly OptionStatistics[]
}

export interface ItemAnalysis {
  readonly kind: 'analysed'
  readonly students: number
  /** Fewer than 100 students: read with care. */
  readonly caution: boolean
  /** Thousandths. */
  readonly maximum: number
  readonly mean: number
  readonly standardDeviation: number
  readonly alpha: number | null
  /** Standard error of measurement, thousandths. */
  readonly standardError: number | null
  readonly items: readonly ItemStatistics[]
}

/** Too little to say anything. */
export interface TooFewStudents {
  readonly kind: 'too-few'
  readonly students: number
  readonly needed: number
}

/**
 * @param items with columns of one length each, students in the same order in all of them
 * @throws RangeError when columns differ in length
 */
export function analyseItems(items: readonly Item[]): ItemAnalysis | TooFewStudents {
  const students = items[0]?.points.length ?? 0
  for (const { id, points, options } of items)
    for (const column of [points, ...options.map((option) => option.chosen)])
      if (column.length !== students)
        throw new RangeError(`analyseItems: item ${id} has ${column.length} rows; expected ${students}`)
  if (students < fewestStudents) return { kind: 'too-few', students, needed: fewestStudents }

  // One kind of column everywhere: loops over several kinds of arrays run at a fraction of the speed.
  const points = items.map((item) => new Float64Array(item.points))
  const totals = new Float64Array(students)
  for (const column of points) for (let row = 0; row < students; row += 1) totals[row]! += column[row]!
  const groups = extremeGroups(totals)
  const { alpha, standardError, alphaWithout } = reliability(points, totals)
  const groupShare = (values: Float64Array, group: 'upper' | 'lower') =>
    meanInGroup(values, groups[group], groups.size)
  return {
    kind: 'analysed',
    students,
    caution: students < cautionBelow,
    maximum: items.reduce((sum, item) => sum + item.maximum, 0),
    mean: mean(totals),
    standardDeviation: Math.sqrt(variance(totals)),
    alpha,
    standardError,
    items: items.map((item, index): ItemStatistics => {
      const earned = points[index]!
      const rest = restOf(totals, earned)
      const difficulty = mean(earned) / item.maximum
      const choices = item.options.map((option) => new Float64Array(option.chosen))
      return {
        id: item.id,
        maximum: item.maximum,
        difficulty,
        interval: wilsonInterval(difficulty, students),
        restCorrelation: pearson(earned, rest),
        upperLower: (groupShare(earned, 'upper') - groupShare(earned, 'lower')) / item.maximum,
        alphaWithout: alphaWithout[index]!,
        unanswered: countUnanswered(choices, students),
        options: item.options.map(({ id, correct }, option) => {
          const chosen = choices[option]!
          return {
            id,
            correct,
            ...amongChoosers(chosen, totals),
            upperShare: groupShare(chosen, 'upper'),
            lowerShare: groupShare(chosen, 'lower'),
            restCorrelation: pearson(chosen, rest),
          }
        }),
      }
    }),
  }
}

function amongChoosers(chosen: Float64Array, totals: Float64Array) {
  let count = 0
  let sum = 0
  for (let row = 0; row < chosen.length; row += 1) {
    count += chosen[row]!
    sum += chosen[row]! * totals[row]!
  }
  return { count, share: count / chosen.length, meanTotal: count === 0 ? null : sum / count }
}

function countUnanswered(choices: readonly Float64Array[], students: number): number {
  const chosen = new Float64Array(students)
  for (const column of choices) for (let row = 0; row < students; row += 1) chosen[row]! += column[row]!
  let unanswered = 0
  for (let row = 0; row < students; row += 1) if (chosen[row] === 0) unanswered += 1
  return unanswered
}
