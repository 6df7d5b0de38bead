import { fewestStudents, fullPoints, type Item, isTold } from './items'
import { mean, variance } from './moments'
import { t95 } from './student-t'
import { type Interval, wilsonInterval } from './wilson'

/** How the students of one group did, as in which language they read. Groups are chosen, not drawn: nothing is tested. */
export interface GroupScores<Name extends string> {
  readonly name: Name
  readonly students: number
  /** null with fewer than ten students: an interval would cover nearly everything. */
  readonly scores: {
    /** Of the totals, thousandths. */
    readonly mean: number
    /** Of the mean, 95 %, by Student's t; within 0 and the full points. */
    readonly interval: Interval
    /** Of each item of which there is enough to say, in their order; null where nobody of the group had it. */
    readonly items: readonly ({ readonly difficulty: number; readonly interval: Interval } | null)[]
  } | null
}

/**
 * @param items with columns of one length
 * @param groupOf each student's group; null: in none
 * @param names of the groups to describe, in this order; those without students are left out
 */
export function describeGroups<Name extends string>(
  items: readonly Item[],
  groupOf: readonly (Name | null)[],
  names: readonly Name[],
): GroupScores<Name>[] {
  const maximum = fullPoints(items, groupOf.length)
  return names.flatMap((name): GroupScores<Name>[] => {
    const rows = [...groupOf.keys()].filter((row) => groupOf[row] === name)
    const students = rows.length
    if (students === 0) return []
    if (students < fewestStudents) return [{ name, students, scores: null }]
    const totals = Float64Array.from(rows, (row) => items.reduce((sum, item) => sum + item.points[row]!, 0))
    const centre = mean(totals)
    const half = t95(students - 1) * Math.sqrt(variance(totals) / students)
    return [
      {
        name,
        students,
        scores: {
          mean: centre,
          interval: { low: Math.max(0, centre - half), high: Math.min(maximum, centre + half) },
          items: items.filter(isTold).map(({ points, maximum: full, drawn }) => {
            const own = drawn ? rows.filter((row) => drawn.by[row] === 1) : rows
            if (own.length === 0) return null
            const difficulty = mean(own.map((row) => points[row]!)) / full
            return { difficulty, interval: wilsonInterval(difficulty, own.length) }
          }),
        },
      },
    ]
  })
}
