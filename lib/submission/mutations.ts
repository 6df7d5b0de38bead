import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess, OwnAttemptAccess } from '@/lib/auth/gate'
import { Prisma, type Reading } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { statements } from '@/lib/database/statements'
import { environment } from '@/lib/environment'
import { readKeyedQuestions } from '@/lib/grading/data'
import { holdKeys, storeScores } from '@/lib/grading/mutations'
import { log } from '@/lib/log'
import { metrics } from '@/lib/metrics/metrics'
import { receiptCode } from '@/lib/submission/receipt-code'
import {
  hashAnswers,
  hashQuestions,
  type ReceiptStatement,
  signReceipt,
} from '@/lib/submission/signed-receipt'
import { creditAt, graceSeconds, savingAt } from '@/lib/timing/access-timeline'
import { readLastSaves, readPersonalTimes } from '@/lib/timing/data'
import { handedInAt } from '@/lib/timing/hand-in'

export interface Submission {
  /** Short name of the signed receipt. */
  readonly receipt: string
  /** null for attempts that were submitted before receipts were signed. */
  readonly signedReceipt: string | null
  /** ISO 8601, server time. */
  readonly submittedAt: string
  /** false: it had been submitted before, and this is the first receipt. */
  readonly first: boolean
}

/**
 * Submits the attempt and scores it, in one transaction. Done twice, the first receipt is returned. After the end of
 * its time it is submitted as of that end: what was saved in time counts.
 * @param reading in which language the viewer reads the questions now; null: not known.
 */
export async function submitAttempt(
  access: OwnAttemptAccess<'attempt.submit'>,
  reading: Reading | null = null,
): Promise<Submission> {
  const submission = await staffDatabase.$transaction(async (transaction) => {
    await holdKeys(transaction, access.assignmentId)
    const [attempt] = await transaction.$queryRaw<HeldAttempt[]>`
      ${heldAttempt} WHERE a.id = ${access.attemptId} FOR UPDATE OF a`
    if (!attempt) throw new Error(`there is no attempt ${access.attemptId}`)
    return finish(transaction, attempt, access.viewer.userId, reading)
  })
  if (submission.first) metrics().submissions.inc({ by: 'student' })
  return submission
}

/** What a submission needs to know of an attempt; the statement that reads it holds the attempt's row. */
interface HeldAttempt {
  readonly id: string
  readonly number: number
  readonly userId: string
  readonly assignmentId: string
  readonly startedAt: Date
  readonly endsAt: Date | null
  readonly submittedAt: Date | null
  readonly receipt: string | null
  readonly signedReceipt: string | null
  readonly assignmentSlug: string
  readonly courseSlug: string
  /** By the database's clock, as saves: one machine whose own is wrong must not end what goes on for all others. */
  readonly now: Date
}

const heldAttempt = Prisma.sql`
  SELECT a.id, a.number, a."userId", a."assignmentId", a."startedAt", a."endsAt", a."submittedAt", a.receipt,
         a."signedReceipt", s.slug AS "assignmentSlug", c.slug AS "courseSlug",
         clock_timestamp() AT TIME ZONE 'UTC' AS now
  FROM "Attempt" a
  JOIN "Assignment" s ON s.id = a."assignmentId"
  JOIN "Course" c ON c.id = s."courseId"`

/**
 * Submits for the viewer what has run out of time, so that no page has to wait for the server's own round.
 * @returns whether there was something to submit.
 */
export async function submitOwnEnded(access: AssignmentAccess): Promise<boolean> {
  const [ended] = await statements.$queryRaw<{ id: string; assignmentId: string }[]>`
    SELECT id, "assignmentId" FROM "Attempt"
    WHERE "assignmentId" = ${access.assignmentId} AND "userId" = ${access.viewer.userId}
      AND "submittedAt" IS NULL AND ${isOver}`
  return ended ? submitEnded(ended) : false
}

/** Attempts of one round; the next one follows at once while there are more. */
const roundSize = 200

/**
 * Submits and scores attempts whose time, grace included, is over: also those of students whose browser is closed. Any
 * number of processes may do this at once, and one that dies leaves nothing half done. An attempt that cannot be
 * submitted is logged and keeps no other waiting.
 * @param failed ids that failed before and are left out; receives those that fail now
 * @returns how many were looked at; 0: none is left.
 */
export async function submitEndedAttempts(failed: Set<string>): Promise<number> {
  const ended = await statements.$queryRaw<{ id: string; assignmentId: string }[]>`
    SELECT id, "assignmentId" FROM "Attempt"
    WHERE "submittedAt" IS NULL AND ${isOver} AND id <> ALL(${[...failed]}::text[])
    ORDER BY "endsAt" LIMIT ${roundSize}::int`
  for (const attempt of ended) {
    try {
      await submitEnded(attempt)
    } catch (error) {
      failed.add(attempt.id)
      log.error({ error, attemptId: attempt.id }, 'an attempt whose time is over could not be submitted')
    }
  }
  return ended.length
}

/** Attempts of which that is true, and that are open, are to be submitted by the server. */
const isOver = Prisma.sql`"endsAt" <= now() AT TIME ZONE 'UTC' - make_interval(secs => ${graceSeconds}::int)`

/** @returns false where somebody else is submitting it, has submitted it, or its end was moved meanwhile. */
async function submitEnded({ id, assignmentId }: Pick<HeldAttempt, 'id' | 'assignmentId'>): Promise<boolean> {
  const submitted = await staffDatabase.$transaction(async (transaction) => {
    await holdKeys(transaction, assignmentId)
    const [attempt] = await transaction.$queryRaw<HeldAttempt[]>`
      ${heldAttempt} WHERE a.id = ${id} FOR UPDATE OF a SKIP LOCKED`
    if (!attempt || attempt.submittedAt || savingAt(attempt.endsAt, attempt.now) !== 'ended') return false
    await finish(transaction, attempt, null)
    return true
  })
  if (submitted) metrics().submissions.inc({ by: 'server' })
  return submitted
}

/**
 * Makes the attempt final: score, credit, receipt, audit.
 * @param transaction holds the assignment's keys and the attempt's row
 * @param actorId null: the server
 * @param reading now; somebody who changed languages since the start has read both
 */
async function finish(
  transaction: Prisma.TransactionClient,
  attempt: HeldAttempt,
  actorId: string | null,
  reading: Reading | null = null,
): Promise<Submission> {
  const attemptId = attempt.id
  if (attempt.submittedAt && attempt.receipt) {
    const { receipt, signedReceipt, submittedAt } = attempt
    return { receipt, signedReceipt, submittedAt: submittedAt.toISOString(), first: false }
  }
  const { now } = attempt
  const over = attempt.endsAt && savingAt(attempt.endsAt, now) === 'ended' ? attempt.endsAt : null
  const submittedBy = over ? 'SERVER' : 'STUDENT'
  const submittedAt = over ?? now
  const answers = await transaction.$queryRaw<{ partId: string; optionIds: string[] }[]>`
    SELECT "partId", "optionIds" FROM "Answer" WHERE "attemptId" = ${attemptId}`
  const times = await readPersonalTimes(attempt.assignmentId, attempt.userId, transaction)
  const lastSaves = await readLastSaves(transaction, over ? [{ id: attemptId, endedAt: over }] : [])
  const lastSavedAt = lastSaves.get(attemptId) ?? null
  const handedIn = handedInAt({ submittedBy, submittedAt, startedAt: attempt.startedAt, lastSavedAt })
  const creditPercent = creditAt(times, handedIn)
  const chosen = new Map(answers.map(({ partId, optionIds }) => [partId, optionIds]))
  const questions = await readKeyedQuestions(transaction, attemptId)
  const statement = stateReceipt({ ...attempt, submittedAt, submittedBy }, questions, chosen)
  const signedReceipt = signReceipt(statement, environment().receiptKey)
  const receipt = receiptCode(signedReceipt)
  await transaction.$executeRaw`
    UPDATE "Attempt"
    SET "submittedAt" = ${submittedAt}, "submittedBy" = ${submittedBy}::"SubmittedBy",
        "creditPercent" = ${creditPercent}, receipt = ${receipt}, "signedReceipt" = ${signedReceipt},
        reading = CASE WHEN reading <> ${reading}::"Reading" THEN 'BOTH' ELSE coalesce(reading, ${reading}::"Reading") END
    WHERE id = ${attemptId}`
  const score = await storeScores(transaction, attemptId, questions, chosen)
  await recordAudit(transaction, {
    actorId,
    action: over ? 'attempt.submit-ended' : 'attempt.submit',
    subject: `attempt:${attemptId}`,
    after: { receipt, points: score.points, maximum: score.maximum, creditPercent },
  })
  return { receipt, signedReceipt, submittedAt: submittedAt.toISOString(), first: true }
}

function stateReceipt(
  attempt: Pick<
    HeldAttempt,
    'id' | 'number' | 'userId' | 'assignmentId' | 'assignmentSlug' | 'courseSlug'
  > & {
    readonly submittedAt: Date
    readonly submittedBy: 'STUDENT' | 'SERVER'
  },
  questions: readonly { readonly slug: string; readonly contentHash: string }[],
  chosen: ReadonlyMap<string, readonly string[]>,
): ReceiptStatement {
  return {
    format: 'vitrine-receipt/1',
    course: attempt.courseSlug,
    assignment: attempt.assignmentSlug,
    attempt: attempt.id,
    number: attempt.number,
    student: attempt.userId,
    submittedAt: attempt.submittedAt.toISOString(),
    submittedBy: attempt.submittedBy === 'SERVER' ? 'server' : 'student',
    answered: [...chosen.values()].filter((optionIds) => optionIds.length > 0).length,
    answersSha256: hashAnswers(chosen),
    questionsSha256: hashQuestions(new Map(questions.map(({ slug, contentHash }) => [slug, contentHash]))),
  }
}
