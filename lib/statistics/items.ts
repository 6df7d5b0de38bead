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
  /** Of an item that not everybody has: the pool that questions are drawn from, and 1 for each student who has it, else 0. */
  readonly drawn?: { readonly pool: string; readonly by: Uint8Array }
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
  /** Who had it: its numbers are of them alone. */
  readonly students: number
  /** Mean share of the points, 0..1: the proportion who are right where the item is scored all or nothing. */
  readonly difficulty: number
  /** Wilson's, 95 %. */
  readonly interval: Interval
  /** Corrected item-total correlation: with the total of all other items. null where either does not vary. */
  readonly restCorrelation: number | null
  /** Difficulty in the best 27 % minus that in the weakest 27 %, −1..1. */
  readonly upperLower: number
  /** Cronbach's alpha of the test without this item; null for one that is drawn. */
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
  /** Thousandths: the most that any student could reach. */
  readonly maximum: number
  readonly mean: number
  readonly standardDeviation: number
  readonly alpha: number | null
  /** Standard error of measurement, thousandths. */
  readonly standardError: number | null
  /** In their order, those of which there is enough to say (`isTold`). */
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
  for (const { id, points, options, drawn } of items)
    for (const column of [points, ...options.map((option) => option.chosen), ...(drawn ? [drawn.by] : [])])
      if (column.length !== students)
        throw new RangeError(`analyseItems: item ${id} has ${column.length} rows; expected ${students}`)
  if (students < fewestStudents) return { kind: 'too-few', students, needed: fewestStudents }

  // One kind of column everywhere: loops over several kinds of arrays run at a fraction of the speed.
  const points = items.map((item) => new Float64Array(item.points))
  const totals = new Float64Array(students)
  for (const column of points) for (let row = 0; row < students; row += 1) totals[row]! += column[row]!
  const everybody = { totals, groups: extremeGroups(totals) }
  const { columns, placeOf } = testColumns(items, points)
  const { alpha, standardError, alphaWithout } = reliability(columns, totals)
  return {
    kind: 'analysed',
    students,
    caution: students < cautionBelow,
    maximum: fullPoints(items, students),
    mean: mean(totals),
    standardDeviation: Math.sqrt(variance(totals)),
    alpha,
    standardError,
    items: items.flatMap((item, index): ItemStatistics[] => {
      if (!isTold(item)) return []
      const rows = item.drawn && rowsOf(item.drawn.by)
      const own = (column: Float64Array) => (rows ? pick(column, rows) : column)
      const among = rows ? amongRows(pick(totals, rows)) : everybody
      const earned = own(points[index]!)
      const groupShare = (values: Float64Array, group: 'upper' | 'lower') =>
        meanInGroup(values, among.groups[group], among.groups.size)
      const rest = restOf(among.totals, earned)
      const difficulty = mean(earned) / item.maximum
      const choices = item.options.map((option) => own(new Float64Array(option.chosen)))
      const statistics = {
        id: item.id,
        maximum: item.maximum,
        students: earned.length,
        difficulty,
        interval: wilsonInterval(difficulty, earned.length),
        restCorrelation: pearson(earned, rest),
        upperLower: (groupShare(earned, 'upper') - groupShare(earned, 'lower')) / item.maximum,
        alphaWithout: item.drawn ? null : alphaWithout[placeOf[index]!]!,
        unanswered: countUnanswered(choices, earned.length),
        options: item.options.map(({ id, correct }, option) => {
          const chosen = choices[option]!
          return {
            id,
            correct,
            ...amongChoosers(chosen, among.totals),
            upperShare: groupShare(chosen, 'upper'),
            lowerShare: groupShare(chosen, 'lower'),
            restCorrelation: pearson(chosen, rest),
          }
        }),
      }
      return [statistics]
    }),
  }
}

/** Whether enough students have had the item for anything to be said of it. */
export function isTold({ drawn }: Item): boolean {
  return !drawn || rowsOf(drawn.by).length >= fewestStudents
}

/** @returns the most that any student can reach, thousandths: all the same where the questions of a pool give the same. */
export function fullPoints(items: readonly Item[], students: number): number {
  const full = new Float64Array(students)
  for (const { maximum, drawn } of items)
    for (let row = 0; row < students; row += 1) if (!drawn || drawn.by[row] === 1) full[row]! += maximum
  return full.reduce((most, one) => Math.max(most, one), 0)
}

/**
 * The columns that reliability compares. Items of a pool are others for each student, so that together they make one column:
 * what each student earned in that pool.
 */
function testColumns(items: readonly Item[], points: readonly Float64Array[]) {
  const columns: Float64Array[] = []
  const placeOfPool = new Map<string, number>()
  /** Where each item stands among the columns. */
  const placeOf = items.map(({ drawn }, index) => {
    const known = drawn && placeOfPool.get(drawn.pool)
    if (known !== undefined) {
      const column = columns[known]!
      for (let row = 0; row < column.length; row += 1) column[row]! += points[index]![row]!
      return known
    }
    const place = columns.push(drawn ? Float64Array.from(points[index]!) : points[index]!) - 1
    if (drawn) placeOfPool.set(drawn.pool, place)
    return place
  })
  return { columns, placeOf }
}

function rowsOf(by: Uint8Array): number[] {
  return [...by.keys()].filter((row) => by[row] === 1)
}

/** Always of one kind, see above. */
function pick(column: Float64Array, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => column[row]!)
}

function amongRows(totals: Float64Array) {
  return { totals, groups: extremeGroups(totals) }
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
