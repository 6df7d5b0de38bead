import { finds } from '@/lib/people/finding'
import type { ScoreboardStudent, StudentState } from '@/lib/scoreboard/view'

export const sortKeys = ['name', 'state', 'answered', 'score', 'time', 'started', 'submitted'] as const
export type SortKey = (typeof sortKeys)[number]

export interface Selection {
  readonly search: string
  readonly state: StudentState | 'all'
  readonly sort: SortKey
  readonly descending: boolean
}

const stateRank: Readonly<Record<StudentState, number>> = { 'not-started': 0, working: 1, submitted: 2 }

const sortValue: Readonly<
  Record<Exclude<SortKey, 'name'>, (student: ScoreboardStudent) => number | string | null>
> = {
  state: (student) => stateRank[student.state],
  answered: (student) => student.answeredParts,
  score: (student) => student.points,
  time: (student) => student.minutes,
  started: (student) => student.startedAt,
  submitted: (student) => student.submittedAt,
}

const byName = new Intl.Collator(['zh-Hant', 'en'], { numeric: true })

/**
 * @returns the students that match, in order. Those without the value that is sorted by come last in either direction, and
 * ties are in the order of names, so that nothing jumps when the class is read again.
 */
export function selectStudents(
  students: readonly ScoreboardStudent[],
  { search, state, sort, descending }: Selection,
): ScoreboardStudent[] {
  const isFound = finds(search)
  const found = students.filter((student) => {
    if (state !== 'all' && student.state !== state) return false
    // As a row shows them, so that a line taken from one finds it.
    return isFound(`${student.name} ${student.section ?? ''} · ${student.email}`)
  })
  const sign = descending ? -1 : 1
  const names = (left: ScoreboardStudent, right: ScoreboardStudent) =>
    byName.compare(left.name, right.name) || (left.userId < right.userId ? -1 : 1)
  if (sort === 'name') return found.sort((left, right) => sign * names(left, right))
  const key = sortValue[sort]
  return found.sort((left, right) => {
    const [a, b] = [key(left), key(right)]
    if (a === b) return names(left, right)
    if (a === null) return 1
    if (b === null) return -1
    return sign * (a < b ? -1 : 1)
  })
}
