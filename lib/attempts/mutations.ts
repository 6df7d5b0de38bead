import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '@/lib/api/problem'
import { readPinnedParts } from '@/lib/attempts/data'
import { saveWait, takeSave } from '@/lib/attempts/save-rate'
import { storingStatement } from '@/lib/attempts/storing'
import type { SavedAnswer } from '@/lib/attempts/view'
import { recordManyAudits } from '@/lib/audit/mutations'
import type { AssignmentAccess, OwnAttemptAccess, OwnAttemptId } from '@/lib/auth/gate'
import { rolesWith } from '@/lib/auth/permissions'
import { isRevoked, type SessionHolder } from '@/lib/auth/session'
import type { Reading } from '@/lib/database/generated-student/client'
import { databasePool } from '@/lib/database/pool'
import { inTransaction, type StatementRunner, statements } from '@/lib/database/statements'
import { studentDatabase } from '@/lib/database/student'
import { metrics } from '@/lib/metrics/metrics'
import { drawnQuestions } from '@/lib/pools/data'
import { findSelectionProblem } from '@/lib/questions/selection'
import { type AttemptTimes, attemptEnd, graceSeconds, nextStep, savingAt } from '@/lib/timing/access-timeline'
import { readPersonalTimes } from '@/lib/timing/data'

/**
 * Starts an attempt of the viewer's, which pins the latest version of every question that it has (those of pools are drawn
 * with its seed), or finds the one that is there. Clicked twice, or in two tabs, it is the same attempt.
 * @param number of the attempt that is wanted; without it the latest, or the first.
 * @param reading in which language the viewer reads the questions, kept for item statistics; null: not known.
 * @throws Problem `assignment-not-open`, `assignment-closed`, `attempts-used-up` (only when there is no attempt to go
 * on with).
 */
export async function startAttempt(
  access: AssignmentAccess<'attempt.start'>,
  number?: number,
  reading: Reading | null = null,
): Promise<{ readonly attemptId: string; readonly number: number; readonly started: boolean }> {
  const { assignmentId, viewer } = access
  const existing = (await readOwnAttempts(statements, assignmentId, viewer.userId)).findLast(
    (attempt) => number === undefined || attempt.number === number,
  )
  if (existing) return { attemptId: existing.id, number: existing.number, started: false }
  const attempt = await againAfterRemoval(() => beginAttempt(access, reading))
  if (attempt.started) metrics().starts.inc()
  return attempt
}

const FOREIGN_KEY_VIOLATION = '23503'
const DEADLOCK = '40P01'

/**
 * A variant may be removed, as a publication does with those that it has made again, after it was dealt and before it is
 * pinned. Then nothing was stored, and what is dealt next is there.
 */
async function againAfterRemoval<Result>(start: () => Promise<Result>): Promise<Result> {
  for (let left = 4; ; left -= 1)
    try {
      return await start()
    } catch (error) {
      const { code, constraint } = error as { readonly code?: unknown; readonly constraint?: unknown }
      const isRemoved =
        code === FOREIGN_KEY_VIOLATION && constraint === 'AttemptQuestion_questionVersionId_fkey'
      if (left === 0 || !(isRemoved || code === DEADLOCK)) throw error
    }
}

function beginAttempt(
  { assignmentId, viewer: { userId } }: AssignmentAccess<'attempt.start'>,
  reading: Reading | null,
): Promise<{ readonly attemptId: string; readonly number: number; readonly started: boolean }> {
  return inTransaction(async (transaction) => {
    // Whoever changes dates waits for this attempt, and then moves its end too. The time is the database's, with which saves
    // compare the end.
    const [held] = await transaction.$queryRaw<{ startedAt: Date }[]>`
      SELECT clock_timestamp() AT TIME ZONE 'UTC' AS "startedAt"
      FROM (SELECT FROM "Assignment" WHERE id = ${assignmentId} FOR SHARE) AS held`
    const { startedAt } = held!
    const times = await readPersonalTimes(assignmentId, userId, transaction)
    const attempts = await readOwnAttempts(transaction, assignmentId, userId)
    const step = nextStep(times, attempts, startedAt)
    const latest = attempts.at(-1)
    if (latest && (step.kind === 'continue' || step.kind === 'ended'))
      return { attemptId: latest.id, number: latest.number, started: false }
    if (step.kind !== 'start')
      throw new Problem(refusedStart[step.kind as keyof typeof refusedStart], assignmentId)
    const attemptId = randomUUID()
    const endsAt = attemptEnd(times, startedAt)?.at ?? null
    const seed = randomInt(2 ** 31)
    // The unique constraint decides between two clicks: the second waits here for the first one's commit.
    const [started] = await transaction.$queryRaw<object[]>`
      WITH started AS (
        INSERT INTO "Attempt" (id, "assignmentId", "userId", number, "startedAt", "endsAt", reading, seed, shuffled, drawn)
        SELECT ${attemptId}, s.id, ${userId}, ${step.number}, ${startedAt}, ${endsAt}, ${reading}::"Reading", ${seed}::int,
               s."shuffleOptions", EXISTS (SELECT FROM "Pool" WHERE "assignmentId" = s.id)
        FROM "Assignment" s WHERE s.id = ${assignmentId}
        ON CONFLICT ("assignmentId", "userId", number) DO NOTHING
        RETURNING id
      ), pinned AS (
        INSERT INTO "AttemptQuestion" ("attemptId", "questionId", "questionVersionId", position)
        SELECT started.id, asked."questionId", asked."questionVersionId", asked.position
        FROM started CROSS JOIN (${drawnQuestions(assignmentId, seed)}) AS asked
      )
      SELECT id FROM started`
    if (!started) {
      const other = (await readOwnAttempts(transaction, assignmentId, userId)).find(
        (attempt) => attempt.number === step.number,
      )
      if (!other) throw new Error(`attempt ${step.number} of ${userId} is neither there nor could be started`)
      return { attemptId: other.id, number: step.number, started: false }
    }
    await recordManyAudits(transaction, [
      { actorId: userId, action: 'attempt.start', subject: `attempt:${attemptId}` },
    ])
    return { attemptId, number: step.number, started: true }
  })
}

/** @returns the student's attempts in the assignment, in the order of their numbers. */
function readOwnAttempts(
  reader: StatementRunner,
  assignmentId: string,
  userId: string,
): PromiseLike<(AttemptTimes & { readonly id: string })[]> {
  return reader.$queryRaw`
    SELECT id, number, "startedAt", "submittedAt" FROM "Attempt"
    WHERE "assignmentId" = ${assignmentId} AND "userId" = ${userId}
    ORDER BY number`
}

const refusedStart = {
  'not-open': 'assignment-not-open',
  closed: 'assignment-closed',
  'used-up': 'attempts-used-up',
} as const

/** A choice as a browser sends it. */
export interface AnswerToSave {
  readonly optionIds: readonly string[]
  /** Names the tab or device that chose. */
  readonly clientId: string
  /** One more than the client last knew. */
  readonly revision: number
}

/** What is stored now, and how that came about. `unchanged`: this very save had arrived before. */
export interface SaveOutcome extends SavedAnswer {
  readonly status: 'stored' | 'unchanged' | 'superseded'
  /** Whether this save arrived after the end, within the seconds of grace for what is under way. */
  readonly inGrace: boolean
}

/** Refuses a save, and says what is stored. */
function refuseSave(
  code: 'attempt-submitted' | 'assignment-closed' | 'attempt-time-over',
  stored: SavedAnswer | null,
): Problem {
  return new Problem(code, undefined, { facts: { stored } })
}

/**
 * Prepared once a connection and run without Prisma, which would take four times the processor time: this is the one
 * statement that comes by the hundred a second. It asks everything that could have changed: the session, the membership,
 * the attempt's end, the allowance of saves. The share lock lets saves of one attempt run side by side, and makes a
 * submission wait for them and them for it.
 */
const saveStatement = storingStatement(
  `
    SELECT a.id, coalesce(a."endsAt" <= now() AT TIME ZONE 'UTC', false) AS "inGrace"
    FROM allowance
    JOIN "Attempt" a ON a.id = $1
    JOIN "Assignment" s ON s.id = a."assignmentId"
    JOIN "Enrollment" e ON e."courseId" = s."courseId" AND e."userId" = a."userId"
    JOIN "User" u ON u.id = a."userId"
    WHERE a."userId" = $6 AND a."submittedAt" IS NULL
      AND (a."endsAt" IS NULL OR a."endsAt" + interval '${graceSeconds} seconds' > now() AT TIME ZONE 'UTC')
      AND e.role::text = ANY($7::text[])
      AND (u."sessionsValidFrom" IS NULL OR u."sessionsValidFrom" <= $8::timestamp)
    FOR SHARE OF a`,
  takeSave,
)

/**
 * Stores an answer if its revision is larger than the stored one and the attempt is open. One statement does it, so
 * that repeated, delayed and reordered saves, from any number of tabs and servers, end with the largest revision.
 * No options: the answer is cleared.
 * @param viewer with a session that may have been revoked meanwhile: the statement that stores asks
 * @throws Problem `not-found` (no such part), `invalid-answer`; `attempt-submitted`, `assignment-closed` and
 * `attempt-time-over` with what is `stored`; `unauthenticated`; `too-many-saves` with `waitSeconds`.
 */
export async function saveAnswer(
  viewer: SessionHolder,
  attemptId: OwnAttemptId<'attempt.answer'>,
  partId: string,
  answer: AnswerToSave,
): Promise<SaveOutcome> {
  const { saves } = metrics()
  try {
    const outcome = await storeAnswer(viewer, attemptId, partId, answer)
    saves.inc({ outcome: outcome.status })
    return outcome
  } catch (error) {
    saves.inc({ outcome: error instanceof Problem ? 'refused' : 'failed' })
    throw error
  }
}

/** Milliseconds before the second and the third try. */
const secondThoughts = [20, 100]

async function storeAnswer(
  viewer: SessionHolder,
  attemptId: OwnAttemptId<'attempt.answer'>,
  partId: string,
  answer: AnswerToSave,
): Promise<SaveOutcome> {
  const part = (await readPinnedParts(attemptId)).get(partId)
  if (!part) throw new Problem('not-found', `part ${partId} in attempt ${attemptId}`)
  const wrong = findSelectionProblem(part, answer.optionIds)
  // What is wrong with it would repeat the answer in the log.
  if (wrong) throw new Problem('invalid-answer', `part ${partId} of attempt ${attemptId}`)
  const once = async () =>
    (await tryToStore(viewer, attemptId, partId, answer)) ??
    (await explainUnstored(viewer, attemptId, partId, answer))
  let outcome = await once()
  for (const pause of secondThoughts) {
    if (outcome) break
    await sleep(pause)
    outcome = await once()
  }
  if (outcome) return outcome
  throw new Problem('unavailable', `answer ${partId} of attempt ${attemptId} was neither stored nor refused`)
}

/** @returns null where nothing was stored. */
async function tryToStore(
  viewer: SessionHolder,
  attemptId: string,
  partId: string,
  { optionIds, revision, clientId }: AnswerToSave,
): Promise<SaveOutcome | null> {
  const { rows } = await databasePool().query<{ savedAt: Date; inGrace: boolean }>({
    name: 'save-answer',
    text: saveStatement,
    values: [
      attemptId,
      partId,
      optionIds,
      revision,
      clientId,
      viewer.userId,
      rolesWith('attempt.answer'),
      viewer.since.toISOString(),
    ],
  })
  if (!rows[0]) return null
  const { savedAt, inGrace } = rows[0]
  return { status: 'stored', optionIds, revision, savedAt: savedAt.toISOString(), inGrace }
}

/**
 * Nothing was stored: says why, from what is there now.
 * @returns null where nothing is in the way any more: the attempt has a save left again, or more time.
 */
async function explainUnstored(
  viewer: SessionHolder,
  attemptId: string,
  partId: string,
  answer: AnswerToSave,
): Promise<SaveOutcome | null> {
  if (await isRevoked(viewer)) throw new Problem('unauthenticated', `session of ${viewer.userId}`)
  const attempt = await studentDatabase.attempt.findFirst({
    where: {
      id: attemptId,
      userId: viewer.userId,
      assignment: {
        course: {
          enrollments: { some: { userId: viewer.userId, role: { in: [...rolesWith('attempt.answer')] } } },
        },
      },
    },
    include: { answers: { where: { partId } } },
  })
  if (!attempt) throw new Problem('not-found', `attempt ${attemptId} of ${viewer.userId}`)
  const held = attempt.answers[0]
  const stored = held && {
    optionIds: held.optionIds,
    revision: held.revision,
    savedAt: held.savedAt.toISOString(),
  }
  const same =
    held?.revision === answer.revision &&
    held.clientId === answer.clientId &&
    held.optionIds.join() === answer.optionIds.join()
  // Also after the attempt closed: the first copy of this save had been stored, and its sender need not worry.
  if (stored && same) return { ...stored, status: 'unchanged', inGrace: false }
  if (attempt.submittedAt) throw refuseSave('attempt-submitted', stored ?? null)
  if (savingAt(attempt.endsAt, new Date()) === 'ended') {
    const end = attemptEnd(await readPersonalTimes(attempt.assignmentId, viewer.userId), attempt.startedAt)
    const code = end?.reason === 'time-limit' ? 'attempt-time-over' : 'assignment-closed'
    throw refuseSave(code, stored ?? null)
  }
  const { rows } = await databasePool().query<{ seconds: number }>(saveWait, [attemptId])
  const waitSeconds = rows[0]?.seconds ?? 0
  if (waitSeconds > 0) throw new Problem('too-many-saves', attemptId, { facts: { waitSeconds } })
  // An older one has won nothing: to call this save superseded would take the student's latest choice away.
  if (!stored || stored.revision < answer.revision) return null
  return { ...stored, status: 'superseded', inGrace: false }
}

/**
 * Marks a question to come back to, or takes the mark away. Flags may be set as long as answers may.
 * @throws Problem `attempt-submitted`, `not-found`.
 */
export async function setFlag(
  access: OwnAttemptAccess<'attempt.answer'>,
  questionId: string,
  flagged: boolean,
): Promise<void> {
  const [pin] = await statements.$queryRaw<{ open: boolean }[]>`
    WITH pin AS (
      SELECT p."attemptId", p."questionId", a."submittedAt" IS NULL AS open
      FROM "AttemptQuestion" p JOIN "Attempt" a ON a.id = p."attemptId"
      WHERE p."attemptId" = ${access.attemptId} AND p."questionId" = ${questionId}
    ), flagged AS (
      UPDATE "AttemptQuestion" p SET flagged = ${flagged}
      FROM pin WHERE pin.open AND p."attemptId" = pin."attemptId" AND p."questionId" = pin."questionId"
    )
    SELECT open FROM pin`
  if (!pin?.open)
    throw new Problem(
      pin ? 'attempt-submitted' : 'not-found',
      `question ${questionId} in ${access.attemptId}`,
    )
}
