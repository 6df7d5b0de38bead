import { createHash } from 'node:crypto'
import { type AttemptMove, movesOf, type RescoredPart } from '@/lib/regrading/rescoring'
import type { ClassNumbers, EffectSummary, ItemNumbers, MovedAttempt } from '@/lib/regrading/view'
import { type AttemptKeep, countingAttempt } from '@/lib/scoring/attempt-choice'
import { creditedPoints } from '@/lib/scoring/late-credit'
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
  /** `q01:300,q02:0`: points by part, of parts that count. */
  readonly scores: string
}

/** A part of the assignment as it stands, with its full points now and by the regrade; 0: it does not count. */
export interface ClassPart {
  readonly id: string
  readonly label: string
  readonly maximum: number
  readonly maximumAfter: number
}

export interface EffectInput {
  /** Names the draft as it was written. */
  readonly draft: string
  readonly attempts: readonly ClassAttempt[]
  readonly keep: AttemptKeep
  readonly parts: readonly ClassPart[]
  readonly rescored: readonly RescoredPart[]
  readonly exported: {
    readonly at: string
    readonly by: string | null
    /** By user id: thousandths, after late credit. */
    readonly scores: ReadonlyMap<string, number>
  } | null
}

export interface Effect {
  readonly summary: EffectSummary
  /** By name. */
  readonly attempts: readonly MovedAttempt[]
  /** Of the same attempts, before late credit. */
  readonly totals: readonly MovedTotal[]
  /** Names what moves: the same as long as nobody's score would move otherwise. */
  readonly fingerprint: string
}

/** Thousandths. */
export interface MovedTotal {
  readonly attemptId: string
  readonly pointsBefore: number
  readonly pointsAfter: number
  readonly maximumBefore: number
  readonly maximumAfter: number
}

/** An attempt before and after the regrade. */
interface Compared {
  readonly attempt: ClassAttempt
  readonly move: AttemptMove | null
  readonly before: Standing
  readonly after: Standing
}

/** Points after late credit, thousandths. */
interface Standing {
  readonly number: number
  readonly points: number
  readonly maximum: number
}

const byName = new Intl.Collator('en')

/** Everything that a regrade does to a class, before it does it. */
export function effectOf(input: EffectInput): Effect {
  const moves = movesOf(input.rescored)
  const compared = input.attempts.map((attempt) => compare(attempt, moves.get(attempt.attemptId) ?? null))
  const students = studentsOf(compared, input.keep)
  const exportedOf = (userId: string) => input.exported?.scores.get(userId) ?? null
  const attempts = students
    .flatMap(({ attempts, before, after }) =>
      attempts.flatMap(({ attempt, move, ...standing }): MovedAttempt[] =>
        move
          ? [
              {
                attemptId: attempt.attemptId,
                userId: attempt.userId,
                name: attempt.name,
                email: attempt.email,
                number: attempt.number,
                before: standing.before.points,
                after: standing.after.points,
                maximumBefore: standing.before.maximum,
                maximumAfter: standing.after.maximum,
                counts: [before?.number, after?.number].includes(attempt.number),
                exported: exportedOf(attempt.userId),
                parts: move.parts.map(({ partId: _, ...part }) => part),
              },
            ]
          : [],
      ),
    )
    .sort((one, other) => byName.compare(one.name, other.name) || one.number - other.number)
  const members = students.filter(({ attempts: [first] }) => first?.attempt.isStudent)
  const before = classNumbers(members, 'before', input.parts)
  const after = classNumbers(members, 'after', input.parts)
  return {
    attempts,
    totals: compared.flatMap(({ attempt, move }) =>
      move
        ? [
            {
              attemptId: attempt.attemptId,
              pointsBefore: attempt.points,
              pointsAfter: attempt.points + move.points,
              maximumBefore: attempt.maximum,
              maximumAfter: attempt.maximum + move.maximum,
            },
          ]
        : [],
    ),
    fingerprint: fingerprintOf(input.draft, attempts),
    summary: {
      scores: input.rescored.reduce((sum, { held }) => sum + held.length, 0),
      moved: attempts.length,
      up: attempts.filter((line) => line.after > line.before).length,
      down: attempts.filter((line) => line.after < line.before).length,
      before: before.numbers,
      after: after.numbers,
      distribution: distributionOf(members),
      items: input.rescored
        .map(({ part }) => part)
        .filter((part, index, all) => all.findIndex(({ id }) => id === part.id) === index)
        .map(({ id, label }) => ({
          partId: id,
          label,
          before: itemNumbers(before.analysis, id),
          after: itemNumbers(after.analysis, id),
        })),
      exported: input.exported && {
        at: input.exported.at,
        by: input.exported.by,
        changed: students.filter(({ before, after, attempts: [first] }) => {
          const sent = exportedOf(first!.attempt.userId)
          return sent !== null && before?.points !== after?.points && sent !== after?.points
        }).length,
      },
    },
  }
}

function compare(attempt: ClassAttempt, move: AttemptMove | null): Compared {
  const { number, creditPercent } = attempt
  const standing = (points: number, maximum: number): Standing => ({
    number,
    points: creditedPoints(points, creditPercent),
    maximum,
  })
  return {
    attempt,
    move,
    before: standing(attempt.points, attempt.maximum),
    after: standing(attempt.points + (move?.points ?? 0), attempt.maximum + (move?.maximum ?? 0)),
  }
}

interface StudentStanding {
  readonly attempts: readonly Compared[]
  /** The attempt that counts. */
  readonly before: Standing | null
  readonly after: Standing | null
}

function studentsOf(compared: readonly Compared[], keep: AttemptKeep): StudentStanding[] {
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

function classNumbers(
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

/** @returns points in the order of the items; null: the attempt met other parts. */
function paperOf(
  { attempt, move }: Compared,
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
  const moved = when === 'after' ? (move?.parts ?? []) : []
  for (const entry of attempt.scores === '' ? [] : attempt.scores.split(',')) {
    const colon = entry.indexOf(':')
    const partId = entry.slice(0, colon)
    if (!moved.some((part) => part.partId === partId)) put(partId, Number(entry.slice(colon + 1)))
  }
  for (const { partId, after, maximumAfter } of moved) if (maximumAfter > 0) put(partId, after)
  return isKnown && !paper.includes(-1) ? paper : null
}

function itemNumbers(analysis: ItemAnalysis | null, partId: string): ItemNumbers | null {
  const item = analysis?.items.find(({ id }) => id === partId)
  if (!item) return null
  const { difficulty, restCorrelation, upperLower } = item
  return { difficulty, restCorrelation, upperLower }
}

const bins = 20

function distributionOf(students: readonly StudentStanding[]): EffectSummary['distribution'] {
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

/** Of the draft and of every score that it moves. */
function fingerprintOf(draft: string, attempts: readonly MovedAttempt[]): string {
  const hash = createHash('sha256').update(draft)
  const lines = attempts.map(({ attemptId, before, after, maximumAfter, parts }) => {
    const moved = parts.map((part) => `${part.label}:${part.before}>${part.after}/${part.maximumAfter}`)
    return `${attemptId} ${before}>${after}/${maximumAfter} ${moved.join(' ')}`
  })
  for (const line of lines.sort()) hash.update(`\n${line}`)
  return hash.digest('hex')
}
