import { adjustHeldPart, holdAttempt } from '@/lib/adjustments/mutations'
import { Problem } from '@/lib/api/problem'
import { appealState, isAskingOpen, leaseEnd, mostAppeals } from '@/lib/appeals/lease'
import type { AppealAnswer } from '@/lib/appeals/schema'
import type { AppealHolder } from '@/lib/appeals/view'
import { type AuditAction, recordAudit } from '@/lib/audit/mutations'
import type { AppealAccess, OwnAttemptAccess } from '@/lib/auth/gate'
import type { Appeal, Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { studentDatabase } from '@/lib/database/student'
import { readRelease } from '@/lib/submission/data'

/**
 * Asks about a part of a released score. The same text sent again while it is open is the same question.
 * @throws Problem `appeal-not-open`; `appeal-standing` where another question about the part is open, or too many were
 * asked; `not-found` when the attempt has no score of such a part.
 */
export async function askAppeal(
  access: OwnAttemptAccess<'appeal.ask'>,
  partId: string,
  text: string,
): Promise<{ readonly appealId: string }> {
  const { attemptId, assignmentId, viewer } = access
  const now = new Date()
  const { score } = await readRelease(attemptId, now)
  return studentDatabase.$transaction(async (transaction) => {
    // Two tabs that ask at once ask one after the other.
    await transaction.$queryRaw`SELECT id FROM "Attempt" WHERE id = ${attemptId} FOR UPDATE`
    const where = { attemptId_partId: { attemptId, partId } }
    const scored = await transaction.partScore.findUnique({ where, select: { partId: true } })
    const { appealsUntil } = await transaction.assignment.findUniqueOrThrow({
      where: { id: assignmentId },
      select: { appealsUntil: true },
    })
    if (!isAskingOpen(score, appealsUntil, now)) throw new Problem('appeal-not-open', attemptId)
    if (!scored) throw new Problem('not-found', `part ${partId} of attempt ${attemptId}`)
    const earlier = await transaction.appeal.findMany({
      where: { attemptId, partId },
      select: {
        id: true,
        status: true,
        messages: { orderBy: { id: 'asc' }, take: 1, select: { text: true } },
      },
    })
    const standing = earlier.find(({ status }) => status === 'OPEN')
    if (standing?.messages[0]?.text === text) return { appealId: standing.id }
    if (standing || earlier.length >= mostAppeals)
      throw new Problem('appeal-standing', `${attemptId} ${partId}`, { facts: { limit: mostAppeals } })
    const { id: appealId } = await transaction.appeal.create({
      data: {
        attemptId,
        partId,
        askedAt: now,
        messages: { create: { at: now, byStaff: false, authorId: viewer.userId, text } },
      },
      select: { id: true },
    })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'appeal.ask',
      subject: `attempt:${attemptId}`,
      after: { appeal: appealId, part: partId },
    })
    return { appealId }
  })
}

/**
 * Takes the own question back as long as it is not answered. Done twice, it is done once.
 * @throws Problem `appeal-closed`; `not-found` when the attempt has no such question.
 */
export async function withdrawAppeal(
  access: OwnAttemptAccess<'appeal.ask'>,
  appealId: string,
): Promise<void> {
  const { attemptId, viewer } = access
  await studentDatabase.$transaction(async (transaction) => {
    const { count } = await transaction.appeal.updateMany({
      where: { id: appealId, attemptId, status: 'OPEN' },
      data: { status: 'WITHDRAWN', closedAt: new Date() },
    })
    const appeal = await transaction.appeal.findFirst({ where: { id: appealId, attemptId } })
    if (!appeal) throw new Problem('not-found', `appeal ${appealId} of attempt ${attemptId}`)
    if (count === 0 && appeal.status === 'WITHDRAWN') return
    if (count === 0) throw new Problem('appeal-closed', appealId)
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'appeal.withdraw',
      subject: `attempt:${attemptId}`,
      after: { appeal: appealId, part: appeal.partId },
    })
  })
}

/**
 * Takes a question, or renews the own claim, for `leaseMinutes`. One statement compares and sets: of several who take it
 * at once, one has it.
 * @param now server time
 * @throws Problem `appeal-held`, saying who has it; `appeal-closed`.
 */
export async function claimAppeal(
  access: AppealAccess<'appeal.answer'>,
  now = new Date(),
): Promise<AppealHolder> {
  const { appealId, viewer } = access
  const claimedUntil = leaseEnd(now)
  await staffDatabase.$transaction(async (transaction) => {
    const { count } = await transaction.appeal.updateMany({
      where: {
        id: appealId,
        status: 'OPEN',
        OR: [{ claimedById: null }, { claimedById: viewer.userId }, { claimedUntil: { lte: now } }],
      },
      data: { claimedById: viewer.userId, claimedUntil },
    })
    if (count === 0) throw await refusal(transaction, access, now)
    await record(transaction, access, 'appeal.claim', { until: claimedUntil.toISOString() })
  })
  return { name: viewer.name, isViewer: true, until: claimedUntil.toISOString() }
}

/** Gives a question back to everybody. Where the viewer does not have it, nothing happens. */
export async function giveBackAppeal(access: AppealAccess<'appeal.answer'>): Promise<void> {
  const { appealId, viewer } = access
  await staffDatabase.$transaction(async (transaction) => {
    const { count } = await transaction.appeal.updateMany({
      where: { id: appealId, status: 'OPEN', claimedById: viewer.userId },
      data: { claimedById: null, claimedUntil: null },
    })
    if (count > 0) await record(transaction, access, 'appeal.give-back', {})
  })
}

/**
 * Answers a question that the viewer has taken, and adjusts its part, both or neither. A claim that has expired still
 * serves as long as nobody else has taken the question: no answer is lost to the clock. The same answer sent again is
 * answered once.
 * @param now server time
 * @throws Problem `appeal-held`, `appeal-closed`; with an adjustment as `adjustPart`.
 */
export async function answerAppeal(
  access: AppealAccess<'appeal.answer'>,
  { text, adjustment }: AppealAnswer,
  now = new Date(),
): Promise<void> {
  const { appealId, viewer } = access
  await staffDatabase.$transaction(async (transaction) => {
    await holdAttempt(transaction, access)
    const { count } = await transaction.appeal.updateMany({
      where: { id: appealId, status: 'OPEN', claimedById: viewer.userId },
      data: { status: 'ANSWERED', closedAt: now, claimedUntil: null },
    })
    if (count === 0) {
      if (await isAnsweredSo(transaction, access, text)) return
      throw await refusal(transaction, access, now)
    }
    await transaction.appealMessage.create({
      data: { appealId, at: now, byStaff: true, authorId: viewer.userId, text },
    })
    const { partId } = await transaction.appeal.findUniqueOrThrow({ where: { id: appealId } })
    if (adjustment) await adjustHeldPart(transaction, access, partId, adjustment)
    await record(transaction, access, 'appeal.answer', { adjusted: adjustment !== undefined })
  })
}

async function isAnsweredSo(
  transaction: Prisma.TransactionClient,
  { appealId, viewer }: AppealAccess,
  text: string,
): Promise<boolean> {
  const same = { appealId, byStaff: true, authorId: viewer.userId, text }
  return (await transaction.appealMessage.count({ where: same })) > 0
}

/** Why a question could not be taken or answered. */
async function refusal(
  transaction: Prisma.TransactionClient,
  { appealId }: AppealAccess,
  now: Date,
): Promise<Problem> {
  const appeal: Appeal = await transaction.appeal.findUniqueOrThrow({ where: { id: appealId } })
  if (appeal.status !== 'OPEN') return new Problem('appeal-closed', appealId)
  const held = appealState(appeal, now) === 'claimed'
  const holder =
    held && appeal.claimedById
      ? await transaction.user.findUnique({ where: { id: appeal.claimedById }, select: { name: true } })
      : null
  const until = held ? (appeal.claimedUntil?.toISOString() ?? null) : null
  return new Problem('appeal-held', appealId, { facts: { holder: holder?.name ?? null, until } })
}

async function record(
  transaction: Prisma.TransactionClient,
  { appealId, attemptId, viewer }: AppealAccess,
  action: AuditAction,
  facts: Prisma.InputJsonObject,
): Promise<void> {
  const { partId } = await transaction.appeal.findUniqueOrThrow({
    where: { id: appealId },
    select: { partId: true },
  })
  await recordAudit(transaction, {
    actorId: viewer.userId,
    action,
    subject: `attempt:${attemptId}`,
    after: { appeal: appealId, part: partId, ...facts },
  })
}
