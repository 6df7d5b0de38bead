import { createHash } from 'node:crypto'
import {
  type ClassAttempt,
  type ClassPart,
  type Compared,
  classNumbers,
  distributionOf,
  itemNumbers,
  type Standing,
  studentsOf,
} from '@/lib/regrading/class-comparison'
import {
  type AttemptMove,
  type AutomaticChange,
  automaticChangesOf,
  movesOf,
  type RescoredPart,
} from '@/lib/regrading/rescoring'
import type { EffectSummary, MovedAttempt } from '@/lib/regrading/view'
import type { AttemptKeep } from '@/lib/scoring/attempt-choice'
import { creditedPoints } from '@/lib/scoring/late-credit'

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

const byName = new Intl.Collator('en')

/** Everything that a regrade does to a class, before it does it. */
export function effectOf(input: EffectInput): Effect {
  const moves = movesOf(input.rescored)
  const rescored = automaticChangesOf(input.rescored)
  const compared = input.attempts.map((attempt) =>
    compare(attempt, moves.get(attempt.attemptId) ?? null, rescored.get(attempt.attemptId) ?? []),
  )
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

function compare(
  attempt: ClassAttempt,
  move: AttemptMove | null,
  rescored: readonly AutomaticChange[],
): Compared {
  const { number, creditPercent } = attempt
  const standing = (points: number, maximum: number): Standing => ({
    number,
    points: creditedPoints(points, creditPercent),
    maximum,
  })
  return {
    attempt,
    move,
    rescored,
    before: standing(attempt.points, attempt.maximum),
    after: standing(attempt.points + (move?.points ?? 0), attempt.maximum + (move?.maximum ?? 0)),
  }
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
