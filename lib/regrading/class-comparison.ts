import type { AttemptMove, AutomaticChange } from '@/lib/regrading/rescoring'
import type { ClassNumbers, EffectSummary, ItemNumbers } from '@/lib/regrading/view'
import { type AttemptKeep, countingAttempt } from '@/lib/scoring/attempt-choice'
import { histogram } from '@/lib/statistics/distribution'
import { analyseItems, type ItemAnalysis } from '@/lib/statistics/items'
import { mean, variance } from '@/lib/statistics/moments'

/** A submitted attempt as the database gives it; points are thousandths, before late credit. */
export interface ClassAttempt {
  readonly attemptId: string
  readonly userId: string
  readonly name: string
  readonly email: string
  /** Whether its owner is a student of the course, so that it counts in what is said of the class. */
  readonly isStudent: boolean
  readonly number: number
  readonly creditPercent: number
  readonly points: number
  readonly maximum: number
  /** `q01:300,q02:0`: by part, what key and rule give, of parts that count. */
  readonly scores: string
}

/** A part of the assignment as it stands, with its full points now and by the regrade; 0: it does not count. */
export interface ClassPart {
  readonly id: string
  readonly label: string
  readonly maximum: number
  readonly maximumAfter: number
}

/** An attempt before and after the regrade. */
export interface Compared {
  readonly attempt: ClassAttempt
  readonly move: AttemptMove | null
  /** Parts whose automatic score is another by the regrade; adjustments by hand are no part of it. */
  readonly rescored: readonly AutomaticChange[]
  readonly before: Standing
  readonly after: Standing
}

/** Points after late credit, thousandths. */
export interface Standing {
  readonly number: number
  readonly points: number
  readonly maximum: number
}

export interface StudentStanding {
  readonly attempts: readonly Compared[]
  /** The attempt that counts. */
  readonly before: Standing | null
  readonly after: Standing | null
}

/** @returns the attempts by student, with the one that counts before and after. */
export function studentsOf(compared: readonly Compared[], keep: AttemptKeep): StudentStanding[] {
  const byStudent = new Map<string, Compared[]>()
  for (const one of compared) {
    const own = byStudent.get(one.attempt.userId)
    if (own) own.push(one)
    else byStudent.set(one.attempt.userId, [one])
  }
  return [...byStudent.values()].map((attempts) => ({
    attempts,
    before: countingAttempt(
      attempts.map(({ before }) => before),
      keep,
    ),
    after: countingAttempt(
      attempts.map(({ after }) => after),
      keep,
    ),
  }))
}

type When = 'before' | 'after'

/** The class's numbers, and the statistics of its items, at one of the two moments. */
export function classNumbers(
  students: readonly StudentStanding[],
  when: When,
  parts: readonly ClassPart[],
): { readonly numbers: ClassNumbers | null; readonly analysis: ItemAnalysis | null } {
  const counting = students.flatMap(({ attempts, [when]: standing }) =>
    standing ? [attempts.find(({ attempt }) => attempt.number === standing.number)!] : [],
  )
  if (counting.length === 0) return { numbers: null, analysis: null }
  const points = counting.map((one) => one[when].points)
  const analysis = analyse(counting, when, parts)
  return {
    analysis,
    numbers: {
      students: counting.length,
      maximum: parts.reduce((sum, part) => sum + fullPoints(part, when), 0),
      mean: mean(points),
      standardDeviation: points.length < 2 ? null : Math.sqrt(variance(points)),
      alpha: analysis?.alpha ?? null,
    },
  }
}

const fullPoints = (part: ClassPart, when: When) => (when === 'before' ? part.maximum : part.maximumAfter)

/** Items by the attempts that met exactly the parts that count; null: too few. */
function analyse(
  counting: readonly Compared[],
  when: When,
  parts: readonly ClassPart[],
): ItemAnalysis | null {
  const items = parts.filter((part) => fullPoints(part, when) > 0)
  const indexOf = new Map(items.map(({ id }, index) => [id, index]))
  const papers = counting.flatMap((one) => paperOf(one, when, indexOf) ?? [])
  const analysis = analyseItems(
    items.map((item, index) => ({
      id: item.id,
      maximum: fullPoints(item, when),
      points: Int32Array.from(papers, (paper) => paper[index]!),
      options: [],
    })),
  )
  return analysis.kind === 'analysed' ? analysis : null
}

/** @returns what key and rule give, in the order of the items; null: the attempt met other parts. */
function paperOf(
  { attempt, rescored }: Compared,
  when: When,
  indexOf: ReadonlyMap<string, number>,
): Int32Array | null {
  const paper = new Int32Array(indexOf.size).fill(-1)
  let isKnown = true
  const put = (partId: string, points: number) => {
    const index = indexOf.get(partId)
    if (index === undefined) isKnown = false
    else paper[index] = points
  }
  const changed = when === 'after' ? rescored : []
  for (const entry of attempt.scores === '' ? [] : attempt.scores.split(',')) {
    const colon = entry.indexOf(':')
    const partId = entry.slice(0, colon)
    if (!changed.some((part) => part.partId === partId)) put(partId, Number(entry.slice(colon + 1)))
  }
  for (const { partId, automatic, maximum } of changed) if (maximum > 0) put(partId, automatic)
  return isKnown && !paper.includes(-1) ? paper : null
}

export function itemNumbers(analysis: ItemAnalysis | null, partId: string): ItemNumbers | null {
  const item = analysis?.items.find(({ id }) => id === partId)
  if (!item) return null
  const { difficulty, restCorrelation, upperLower } = item
  return { difficulty, restCorrelation, upperLower }
}

const bins = 20

/** Totals before and after in bins of the same borders. */
export function distributionOf(students: readonly StudentStanding[]): EffectSummary['distribution'] {
  const standings = (when: When) => students.flatMap(({ [when]: standing }) => standing ?? [])
  const maximum = [...standings('before'), ...standings('after')].reduce(
    (most, standing) => Math.max(most, standing.maximum),
    0,
  )
  if (maximum === 0) return []
  const counts = (when: When) =>
    histogram(
      standings(when).map(({ points }) => points),
      0,
      maximum,
      bins,
    )
  const after = counts('after')
  return counts('before').map(({ from, to, count }, index) => ({
    from,
    to,
    before: count,
    after: after[index]!.count,
  }))
}
