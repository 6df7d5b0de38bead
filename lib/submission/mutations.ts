import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess, OwnAttemptAccess } from '@/lib/auth/gate'
import type { Attempt, Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { environment } from '@/lib/environment'
import { gradeAttempt } from '@/lib/grading/mutations'
import { log } from '@/lib/log'
import { receiptCode } from '@/lib/submission/receipt-code'
import {
  hashAnswers,
  hashQuestions,
  type ReceiptStatement,
  signReceipt,
} from '@/lib/submission/signed-receipt'
import { creditAt, graceSeconds, savingAt } from '@/lib/timing/access-timeline'
import { readPersonalTimes } from '@/lib/timing/data'
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
 */
export async function submitAttempt(access: OwnAttemptAccess<'attempt.submit'>): Promise<Submission> {
  return staffDatabase.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM "Attempt" WHERE id = ${access.attemptId} FOR UPDATE`
    return finish(transaction, access.attemptId, access.viewer.userId)
  })
}

/**
 * Submits for the viewer what has run out of time, so that no page has to wait for the server's own round.
 * @returns whether there was something to submit.
 */
export async function submitOwnEnded(access: AssignmentAccess): Promise<boolean> {
  const ended = await staffDatabase.attempt.findFirst({
    where: { ...endedNow(), assignmentId: access.assignmentId, userId: access.viewer.userId },
    select: { id: true },
  })
  return ended ? submitEnded(ended.id) : false
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
  const ended = await staffDatabase.attempt.findMany({
    where: { ...endedNow(), id: { notIn: [...failed] } },
    orderBy: { endsAt: 'asc' },
    take: roundSize,
    select: { id: true },
  })
  for (const { id } of ended) {
    try {
      await submitEnded(id)
    } catch (error) {
      failed.add(id)
      log.error({ error, attemptId: id }, 'an attempt whose time is over could not be submitted')
    }
  }
  return ended.length
}

function endedNow() {
  return { submittedAt: null, endsAt: { lte: new Date(Date.now() - graceSeconds * 1000) } }
}

/** @returns false where somebody else is submitting it, has submitted it, or its end was moved meanwhile. */
async function submitEnded(attemptId: string): Promise<boolean> {
  return staffDatabase.$transaction(async (transaction) => {
    const [row] = await transaction.$queryRaw<{ endsAt: Date | null; submittedAt: Date | null }[]>`
      SELECT "endsAt", "submittedAt" FROM "Attempt" WHERE id = ${attemptId} FOR UPDATE SKIP LOCKED`
    if (!row || row.submittedAt || savingAt(row.endsAt, new Date()) !== 'ended') return false
    await finish(transaction, attemptId, null)
    return true
  })
}

/**
 * Makes the attempt final: score, credit, receipt, audit.
 * @param transaction holds the attempt's row
 * @param actorId null: the server
 */
async function finish(
  transaction: Prisma.TransactionClient,
  attemptId: string,
  actorId: string | null,
): Promise<Submission> {
  const attempt = await transaction.attempt.findUniqueOrThrow({ where: { id: attemptId } })
  if (attempt.submittedAt && attempt.receipt) {
    const { receipt, signedReceipt, submittedAt } = attempt
    return { receipt, signedReceipt, submittedAt: submittedAt.toISOString(), first: false }
  }
  const now = new Date()
  const over = attempt.endsAt && savingAt(attempt.endsAt, now) === 'ended' ? attempt.endsAt : null
  const submittedBy = over ? 'SERVER' : 'STUDENT'
  const submittedAt = over ?? now
  const answers = await transaction.answer.findMany({ where: { attemptId } })
  const times = await readPersonalTimes(attempt.assignmentId, attempt.userId, transaction)
  const lastSavedAt = answers.reduce<Date | null>(
    (last, { savedAt }) => (last && last > savedAt ? last : savedAt),
    null,
  )
  const handedIn = handedInAt({ submittedBy, submittedAt, startedAt: attempt.startedAt, lastSavedAt })
  const creditPercent = creditAt(times, handedIn)
  const chosen = new Map(answers.map(({ partId, optionIds }) => [partId, optionIds]))
  const statement = await stateReceipt(transaction, { ...attempt, submittedAt, submittedBy }, chosen)
  const signedReceipt = signReceipt(statement, environment().receiptKey)
  const receipt = receiptCode(signedReceipt)
  await transaction.attempt.update({
    where: { id: attemptId },
    data: { submittedAt, submittedBy, creditPercent, receipt, signedReceipt },
  })
  const score = await gradeAttempt(transaction, attemptId)
  await recordAudit(transaction, {
    actorId,
    action: over ? 'attempt.submit-ended' : 'attempt.submit',
    subject: `attempt:${attemptId}`,
    after: { receipt, points: score.points, maximum: score.maximum, creditPercent },
  })
  return { receipt, signedReceipt, submittedAt: submittedAt.toISOString(), first: true }
}

async function stateReceipt(
  transaction: Prisma.TransactionClient,
  attempt: Pick<Attempt, 'id' | 'number' | 'userId' | 'assignmentId'> & {
    readonly submittedAt: Date
    readonly submittedBy: 'STUDENT' | 'SERVER'
  },
  chosen: ReadonlyMap<string, readonly string[]>,
): Promise<ReceiptStatement> {
  const assignment = await transaction.assignment.findUniqueOrThrow({
    where: { id: attempt.assignmentId },
    select: { slug: true, course: { select: { slug: true } } },
  })
  const pins = await transaction.attemptQuestion.findMany({
    where: { attemptId: attempt.id },
    select: { question: { select: { slug: true } }, questionVersion: { select: { contentHash: true } } },
  })
  return {
    format: 'vitrine-receipt/1',
    course: assignment.course.slug,
    assignment: assignment.slug,
    attempt: attempt.id,
    number: attempt.number,
    student: attempt.userId,
    submittedAt: attempt.submittedAt.toISOString(),
    submittedBy: attempt.submittedBy === 'SERVER' ? 'server' : 'student',
    answered: [...chosen.values()].filter((optionIds) => optionIds.length > 0).length,
    answersSha256: hashAnswers(chosen),
    questionsSha256: hashQuestions(
      new Map(pins.map(({ question, questionVersion }) => [question.slug, questionVersion.contentHash])),
    ),
  }
}
