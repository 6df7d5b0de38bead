import { type Released, released } from '@/lib/attempts/release'
import type { AssignmentAccess, OwnAttemptAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated-student/client'
import { statements } from '@/lib/database/statements'
import { studentDatabase } from '@/lib/database/student'
import { environment } from '@/lib/environment'
import { type AttemptKeep, countingAttempt } from '@/lib/scoring/attempt-choice'
import { creditedPoints } from '@/lib/scoring/late-credit'
import { receiptCode } from '@/lib/submission/receipt-code'
import { hashAnswers, receiptPublicKey, verifyReceipt } from '@/lib/submission/signed-receipt'
import { everybodyFinishedAt } from '@/lib/timing/access-timeline'
import { readAttemptTimes, readEverybodyFinishedAt, readPersonalTimes } from '@/lib/timing/data'

/** What staff learn about a receipt that somebody shows them. */
export type ReceiptCheck =
  /** `other`: it was given for another assignment. */
  | { readonly verdict: 'form' | 'signature' | 'unknown' | 'other' }
  | {
      readonly verdict: 'valid'
      readonly name: string
      readonly email: string
      readonly number: number
      /** ISO 8601. */
      readonly submittedAt: string
      readonly submittedByServer: boolean
      readonly answered: number
      /** Whether the answers in the database are still those of the receipt. */
      readonly sameAnswers: boolean
      /** When the attempt was opened again, so that this receipt no longer counts; null: it counts. ISO 8601. */
      readonly supersededAt: string | null
    }

/**
 * Checks a receipt against its signature and against the database.
 * @param shown the signed receipt, or its short code, which is looked up
 */
export async function checkReceipt(
  access: AssignmentAccess<'receipt.verify'>,
  shown: string,
): Promise<ReceiptCheck> {
  const found = await findAttempt(access, shown.trim())
  if (typeof found === 'string') return { verdict: found }
  const { statement, row, supersededAt } = found
  const answers = new Map(row.answers.map(({ partId, optionIds }) => [partId, optionIds]))
  return {
    verdict: 'valid',
    name: row.user.name,
    email: row.user.email,
    number: statement.number,
    submittedAt: statement.submittedAt,
    submittedByServer: statement.submittedBy === 'server',
    answered: statement.answered,
    sameAnswers: hashAnswers(answers) === statement.answersSha256,
    supersededAt: supersededAt?.toISOString() ?? null,
  }
}

async function findAttempt(access: AssignmentAccess<'receipt.verify'>, shown: string) {
  const code = /^[0-9A-Z]{4}-[0-9A-Z]{4}$/.exec(shown.toUpperCase())?.[0]
  const { assignmentId } = access
  const known =
    code &&
    (await readAttempt({ assignmentId, OR: [{ receipt: code }, { reopened: { some: { receipt: code } } }] }))
  if (code && !known) return 'unknown'
  const undone = known ? known.reopened.find(({ receipt }) => receipt === code) : undefined
  const signed = known ? (undone ?? known).signedReceipt : shown
  if (!signed) return 'unknown'
  const verdict = verifyReceipt(signed, receiptPublicKey(environment().receiptKey))
  if (!verdict.valid) return verdict.reason
  const { statement } = verdict
  const row = known || (await readAttempt({ id: statement.attempt }))
  if (!row) return 'unknown'
  if (row.assignmentId !== assignmentId) return 'other'
  const superseded = row.reopened.find(({ receipt }) => receipt === receiptCode(signed.replace(/\s+/g, '')))
  return { statement, row, supersededAt: superseded?.reopenedAt }
}

function readAttempt(where: Prisma.AttemptWhereInput) {
  return studentDatabase.attempt.findFirst({
    where,
    select: {
      assignmentId: true,
      signedReceipt: true,
      user: { select: { name: true, email: true } },
      answers: { select: { partId: true, optionIds: true } },
      reopened: { select: { receipt: true, signedReceipt: true, reopenedAt: true } },
    },
  })
}

/** @returns the receipt of the viewer's own attempt with its code; null: it has none (yet). */
export async function readSignedReceipt(
  access: OwnAttemptAccess<'attempt.result'>,
): Promise<{ readonly code: string; readonly signed: string } | null> {
  const { receipt, signedReceipt } = await studentDatabase.attempt.findUniqueOrThrow({
    where: { id: access.attemptId },
    select: { receipt: true, signedReceipt: true },
  })
  return receipt && signedReceipt ? { code: receipt, signed: signedReceipt } : null
}

/**
 * What is released of an attempt.
 * @param now server time; another moment shows what will be, or was.
 */
export async function readRelease(attemptId: string, now: Date): Promise<Released> {
  const { assignment, userId, submittedAt } = await studentDatabase.attempt.findUniqueOrThrow({
    where: { id: attemptId },
    include: { assignment: true },
  })
  const waitsForAll = [assignment.scoreRelease, assignment.keyRelease].includes('WHEN_ALL_DONE')
  const [times, attempts, everybody] = await Promise.all([
    readPersonalTimes(assignment.id, userId),
    readAttemptTimes(assignment.id, userId),
    waitsForAll ? readEverybodyFinishedAt(assignment.id) : null,
  ])
  const moments = {
    submittedAt,
    studentFinishedAt: everybodyFinishedAt([{ times, attempts }]),
    everybodyFinishedAt: everybody,
  }
  return released(assignment, moments, now)
}

/** One attempt of several, as its student sees it. */
export interface AttemptLine {
  readonly attemptId: string
  readonly number: number
  readonly startedAt: Date
  readonly submittedAt: Date | null
  readonly receipt: string | null
  readonly creditPercent: number
  /** Thousandths of a point, after late credit; null until the score is released. */
  readonly score: { readonly points: number; readonly maximum: number } | null
  /** Whether it is the one that counts; null: that depends on scores that are not released. */
  readonly counts: boolean | null
}

interface LineRow {
  readonly attemptId: string
  readonly number: number
  readonly startedAt: Date
  readonly submittedAt: Date | null
  readonly receipt: string | null
  readonly creditPercent: number
  readonly attemptKeep: AttemptKeep
  /** Before late credit. */
  readonly earned: number
  readonly maximum: number
}

/** @returns the person's attempts in the assignment, in the order of their numbers. */
export async function readAttemptLines(
  assignmentId: string,
  userId: string,
  now: Date,
): Promise<AttemptLine[]> {
  const attempts = await statements.$queryRaw<LineRow[]>`
    SELECT a.id AS "attemptId", a.number, a."startedAt", a."submittedAt", a.receipt,
           coalesce(a."creditPercent", 100) AS "creditPercent", s."attemptKeep"::text AS "attemptKeep",
           coalesce(p.points, 0)::int AS earned, coalesce(p.maximum, 0)::int AS maximum
    FROM "Attempt" a
    JOIN "Assignment" s ON s.id = a."assignmentId"
    LEFT JOIN LATERAL (
      SELECT sum(points) AS points, sum(maximum) AS maximum FROM "PartScore" WHERE "attemptId" = a.id
    ) p ON true
    WHERE a."assignmentId" = ${assignmentId} AND a."userId" = ${userId}
    ORDER BY a.number`
  if (attempts.length === 0) return []
  const { attemptKeep } = attempts[0]!
  const lines = await Promise.all(
    attempts.map(async ({ attemptKeep: _, earned, ...attempt }) => {
      const { attemptId, submittedAt, creditPercent } = attempt
      const visible = submittedAt !== null && submittedAt <= now && (await readRelease(attemptId, now)).score
      return { ...attempt, points: creditedPoints(earned, creditPercent), visible }
    }),
  )
  const submitted = lines.filter(({ submittedAt }) => submittedAt !== null)
  const counting = countingAttempt(submitted, attemptKeep)
  const known = attemptKeep !== 'HIGHEST' || submitted.length < 2 || submitted.every(({ visible }) => visible)
  return lines.map(({ points, maximum, visible, ...line }) => ({
    ...line,
    score: visible ? { points, maximum } : null,
    counts: known ? line.number === counting?.number : null,
  }))
}
