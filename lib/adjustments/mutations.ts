import type { AdjustmentInput } from '@/lib/adjustments/schema'
import type { AdjustedScore } from '@/lib/adjustments/view'
import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { AttemptAccess } from '@/lib/auth/gate'
import type { PartAdjustment, PartScore, Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { adjustmentOf } from '@/lib/grading/data'
import { holdKeys } from '@/lib/grading/mutations'
import { adjustedPoints, adjustmentIssue } from '@/lib/scoring/adjustment'

type AdjustingAccess = AttemptAccess<'score.adjust' | 'appeal.answer'>

/**
 * Adjusts the points of a part by hand, comments on it, or both. Done twice, it is done once.
 * @throws Problem `adjustment-outdated` when the part is no longer as `seen`; `attempt-not-submitted`; `not-found` when the
 * attempt has no such part; `invalid-request` when points would leave 0..maximum.
 */
export function adjustPart(
  access: AttemptAccess<'score.adjust'>,
  partId: string,
  input: AdjustmentInput,
): Promise<AdjustedScore> {
  return staffDatabase.$transaction(async (transaction) => {
    await holdAttempt(transaction, access)
    return adjustHeldPart(transaction, access, partId, input)
  })
}

/**
 * Takes adjustment and comment away: what key and rule give counts again.
 * @throws Problem `adjustment-outdated` when another one stands than that of `adjustedAt`; else as `adjustPart`.
 */
export function removeAdjustment(
  access: AttemptAccess<'score.adjust'>,
  partId: string,
  adjustedAt: string,
): Promise<AdjustedScore> {
  return staffDatabase.$transaction(async (transaction) => {
    await holdAttempt(transaction, access)
    const { score, before } = await readHeldPart(transaction, access.attemptId, partId)
    if (!before) return scoreView(score, null)
    if (before.updatedAt.toISOString() !== adjustedAt) throw await outdated(transaction, score, before)
    const where = { attemptId_partId: { attemptId: access.attemptId, partId } }
    await transaction.partAdjustment.delete({ where })
    const after = await transaction.partScore.update({ where, data: { points: score.automatic } })
    await recordAudit(transaction, {
      actorId: access.viewer.userId,
      action: 'adjustment.remove',
      subject: `attempt:${access.attemptId}`,
      before: auditOf(partId, score, before),
      after: { part: partId, counts: after.points },
    })
    return scoreView(after, null)
  })
}

/**
 * Keeps keys and the attempt as they are until the transaction ends, in the order in which whoever scores takes them: a
 * regrade comes before or after an adjustment, never in between.
 */
export async function holdAttempt(
  transaction: Prisma.TransactionClient,
  { assignmentId, attemptId }: AdjustingAccess,
): Promise<void> {
  await holdKeys(transaction, assignmentId)
  await transaction.$queryRaw`SELECT id FROM "Attempt" WHERE id = ${attemptId} FOR UPDATE`
}

/** As `adjustPart`, in a transaction that holds the attempt. */
export async function adjustHeldPart(
  transaction: Prisma.TransactionClient,
  access: AdjustingAccess,
  partId: string,
  input: AdjustmentInput,
): Promise<AdjustedScore> {
  const { attemptId, viewer } = access
  const { score, before } = await readHeldPart(transaction, attemptId, partId)
  const { adjustment, seen } = input
  const wanted = {
    kind: adjustment && kindNames[adjustment.kind],
    points: adjustment?.points ?? 0,
    comment: input.comment,
    reason: input.reason,
    authorId: viewer.userId,
  }
  if (before && isSame(before, wanted)) return scoreView(score, before)
  const isSeen =
    (before?.updatedAt.toISOString() ?? null) === seen.adjustedAt &&
    score.automatic === seen.automatic &&
    score.maximum === seen.maximum
  if (!isSeen) throw await outdated(transaction, score, before)
  const issue = adjustment && adjustmentIssue(score.automatic, score.maximum, adjustment)
  if (issue)
    throw new Problem('invalid-request', `${attemptId} ${partId}`, {
      fields: [{ path: 'body.adjustment.points', issue }],
    })
  const where = { attemptId_partId: { attemptId, partId } }
  // Later than what it replaces, also within the same millisecond.
  const updatedAt = new Date(Math.max(Date.now(), (before?.updatedAt.getTime() ?? 0) + 1))
  const after = await transaction.partAdjustment.upsert({
    where,
    create: { attemptId, partId, ...wanted, updatedAt },
    update: { ...wanted, updatedAt },
  })
  const points = adjustedPoints(score.automatic, score.maximum, adjustment)
  const adjusted = await transaction.partScore.update({ where, data: { points } })
  await recordAudit(transaction, {
    actorId: viewer.userId,
    action: 'adjustment.set',
    subject: `attempt:${attemptId}`,
    before: auditOf(partId, score, before),
    after: auditOf(partId, adjusted, after),
  })
  return scoreView(adjusted, after)
}

const kindNames = { add: 'ADD', set: 'SET' } as const

async function readHeldPart(transaction: Prisma.TransactionClient, attemptId: string, partId: string) {
  const attempt = await transaction.attempt.findUniqueOrThrow({
    where: { id: attemptId },
    select: {
      submittedAt: true,
      scores: { where: { partId } },
      adjustments: { where: { partId } },
    },
  })
  const score = attempt.scores[0]
  if (!attempt.submittedAt) throw new Problem('attempt-not-submitted', attemptId)
  if (!score) throw new Problem('not-found', `part ${partId} of attempt ${attemptId}`)
  return { score, before: attempt.adjustments[0] ?? null }
}

type Wanted = Pick<PartAdjustment, 'kind' | 'points' | 'comment' | 'reason' | 'authorId'>

function isSame(before: Wanted, wanted: Wanted): boolean {
  return (['kind', 'points', 'comment', 'reason', 'authorId'] as const).every(
    (name) => before[name] === wanted[name],
  )
}

async function outdated(
  transaction: Prisma.TransactionClient,
  score: PartScore,
  standing: PartAdjustment | null,
): Promise<Problem> {
  const by =
    standing &&
    (await transaction.user.findUnique({ where: { id: standing.authorId }, select: { name: true } }))
  return new Problem('adjustment-outdated', `${score.attemptId} ${score.partId}`, {
    facts: { standing: { ...scoreView(score, standing), by: by?.name ?? null } },
  })
}

function scoreView(
  { points, automatic, maximum }: PartScore,
  standing: PartAdjustment | null,
): AdjustedScore {
  return { points, automatic, maximum, adjustedAt: standing?.updatedAt.toISOString() ?? null }
}

function auditOf(partId: string, score: PartScore, standing: PartAdjustment | null): Prisma.InputJsonObject {
  return {
    part: partId,
    counts: score.points,
    automatic: score.automatic,
    ...(standing && {
      adjustment: adjustmentOf(standing) && { ...adjustmentOf(standing)! },
      comment: standing.comment,
      reason: standing.reason,
    }),
  }
}
