import { randomUUID } from 'node:crypto'
import { Problem } from '@/lib/api/problem'
import { type AuditEntry, recordAudit, recordManyAudits } from '@/lib/audit/mutations'
import type { RegradeAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { asJson } from '@/lib/database/json'
import { staffDatabase } from '@/lib/database/staff'
import { takeKeys } from '@/lib/grading/mutations'
import { lockDraft } from '@/lib/regrading/mutations'
import {
  basedOnOf,
  changesOf,
  type Prepared,
  prepareRegrade,
  type RegradeRow,
  readContradicted,
} from '@/lib/regrading/preparing/data'
import { ensureKeyChecks } from '@/lib/verification/mutations'

type Client = Prisma.TransactionClient

/** A large class has as many scores to write. */
const patient = { timeout: 120_000, maxWait: 30_000 }

/**
 * Applies a regrade: keys, scores and history, all of it or nothing. Submissions under way are waited for, and those that
 * come meanwhile wait: none is scored by a key that has been replaced.
 * @throws Problem `regrade-closed`; `second-person-required`; `regrade-outdated` when it would do something else than what
 * `fingerprint` names; `key-contradicted` when the models contradict a key and no reason is given.
 */
export async function applyRegrade(
  access: RegradeAccess<'regrade.apply'>,
  { fingerprint, keyReason }: { readonly fingerprint: string; readonly keyReason?: string | undefined },
): Promise<{ readonly moved: number }> {
  const moved = await staffDatabase.$transaction(async (transaction) => {
    await takeKeys(transaction, access.assignmentId)
    const row = await lockDraft(transaction, access.regradeId)
    await requireSecond(transaction, access, row)
    const prepared = await prepareRegrade(transaction, row)
    if (prepared.outdated || prepared.effect.fingerprint !== fingerprint)
      throw new Problem('regrade-outdated', row.id)
    const contradicted = await readContradicted(prepared.keys)
    if (contradicted.length > 0 && keyReason === undefined)
      throw new Problem('key-contradicted', contradicted.join(', '), { facts: { contradicted } })
    await writeScores(transaction, prepared, access.viewer.userId)
    await transaction.regrade.update({
      where: { id: row.id },
      data: {
        status: 'APPLIED',
        appliedAt: new Date(),
        appliedById: access.viewer.userId,
        effect: asJson(prepared.effect.summary),
        keyReason: contradicted.length > 0 ? keyReason! : null,
      },
    })
    await recordApplied(transaction, access, prepared, contradicted.length > 0 ? keyReason! : null)
    return prepared.effect.summary.moved
  }, patient)
  await ensureKeyChecks()
  return { moved }
}

async function requireSecond(
  transaction: Client,
  { courseId, viewer }: RegradeAccess,
  row: RegradeRow,
): Promise<void> {
  if (!row.authorIds.includes(viewer.userId)) return
  const course = await transaction.course.findUniqueOrThrow({ where: { id: courseId } })
  if (course.regradeNeedsSecond) throw new Problem('second-person-required', row.id)
}

/** Adds the keys, and puts the new scores in the place of the held ones, which the history keeps. */
async function writeScores(transaction: Client, prepared: Prepared, authorId: string): Promise<void> {
  const { row, keys, rescored, effect } = prepared
  const keyIds = new Map(keys.map((planned) => [planned, randomUUID()]))
  await transaction.answerKey.createMany({
    data: keys.map((planned) => ({
      id: keyIds.get(planned)!,
      questionVersionId: planned.version.questionVersionId,
      version: planned.version.keys[0]!.version + 1,
      secret: asJson(planned.key),
      points: planned.points,
      regradeId: row.id,
      authorId,
    })),
  })
  for (const { planned, part, held, given } of rescored)
    await transaction.$executeRaw`
      WITH given AS (
        SELECT * FROM unnest(
          ${held.map(({ attemptId }) => attemptId)}::text[],
          ${given.map(({ answerKeyId }) => answerKeyId ?? keyIds.get(planned)!)}::text[],
          ${given.map(({ rule }) => rule)}::text[],
          ${given.map(({ automatic }) => automatic)}::int[],
          ${given.map(({ points }) => points)}::int[],
          ${given.map(({ maximum }) => maximum)}::int[]
        ) AS g("attemptId", "answerKeyId", rule, automatic, points, maximum)
      ), kept AS (
        INSERT INTO "ScoreChange" ("regradeId", "attemptId", "partId", "answerKeyBefore", "answerKeyAfter", "ruleBefore",
          "ruleAfter", "automaticBefore", "automaticAfter", "pointsBefore", "pointsAfter", "maximumBefore", "maximumAfter")
        SELECT ${row.id}, s."attemptId", s."partId", s."answerKeyId", g."answerKeyId", s.rule, g.rule, s.automatic,
               g.automatic, s.points, g.points, s.maximum, g.maximum
        FROM given g JOIN "PartScore" s ON s."attemptId" = g."attemptId" AND s."partId" = ${part.id}
      )
      UPDATE "PartScore" s
      SET "answerKeyId" = g."answerKeyId", rule = g.rule, automatic = g.automatic, points = g.points, maximum = g.maximum
      FROM given g WHERE s."attemptId" = g."attemptId" AND s."partId" = ${part.id}`
  const { totals } = effect
  await transaction.$executeRaw`
    INSERT INTO "RegradedAttempt" ("regradeId", "attemptId", "pointsBefore", "pointsAfter", "maximumBefore", "maximumAfter")
    SELECT ${row.id}, t.* FROM unnest(
      ${totals.map(({ attemptId }) => attemptId)}::text[],
      ${totals.map(({ pointsBefore }) => pointsBefore)}::int[],
      ${totals.map(({ pointsAfter }) => pointsAfter)}::int[],
      ${totals.map(({ maximumBefore }) => maximumBefore)}::int[],
      ${totals.map(({ maximumAfter }) => maximumAfter)}::int[]
    ) AS t`
}

async function recordApplied(
  transaction: Client,
  access: RegradeAccess<'regrade.apply'>,
  { row, effect }: Prepared,
  keyReason: string | null,
): Promise<void> {
  const actorId = access.viewer.userId
  const { moved, up, down } = effect.summary
  await recordAudit(transaction, {
    actorId,
    action: 'regrade.apply',
    subject: `assignment:${access.assignmentId}`,
    before: basedOnOf(row),
    after: {
      number: row.number,
      changes: asJson(changesOf(row)),
      reason: asJson(row.reason),
      authors: row.authorIds,
      moved,
      up,
      down,
      ...(keyReason !== null && { keyReason }),
    },
  })
  await recordManyAudits(
    transaction,
    effect.totals.map(
      ({ attemptId, pointsBefore, pointsAfter, maximumBefore, maximumAfter }): AuditEntry => ({
        actorId,
        action: 'attempt.regrade',
        subject: `attempt:${attemptId}`,
        before: { points: pointsBefore, maximum: maximumBefore },
        after: { points: pointsAfter, maximum: maximumAfter, regrade: row.number },
      }),
    ),
  )
}
