import { Problem } from '@/lib/api/problem'
import { type AuditEntry, recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess, RegradeAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { asJson } from '@/lib/database/json'
import { staffDatabase } from '@/lib/database/staff'
import { findSuperseding, planKeys } from '@/lib/regrading/plan'
import { changesOf, type RegradeRow, readKeyedVersions } from '@/lib/regrading/preparing/data'
import type { KeyChange, RegradeDraft, RegradeReason, StoredChange } from '@/lib/regrading/schema'

type Client = Prisma.TransactionClient

/** What a draft, new or edited, tells its author. */
export interface Drafted {
  readonly regradeId: string
  /** 1-based in the assignment. */
  readonly number: number
}

/**
 * Drafts a regrade. Nothing changes until it is applied.
 * @throws Problem `invalid-request` naming what does not fit.
 */
export async function draftRegrade(
  access: AssignmentAccess<'regrade.draft'>,
  { changes, reason }: RegradeDraft,
): Promise<Drafted> {
  return staffDatabase.$transaction(async (transaction) => {
    const basedOn = await requirePlan(transaction, access.assignmentId, changes)
    return addDraft(transaction, access, { changes, basedOn, reason })
  })
}

/**
 * Drafts what takes an applied regrade back.
 * @throws Problem `regrade-closed` when it is not applied or taken back already; `regrade-superseded` with the number of the
 * later regrade of the same part.
 */
export async function draftUndo(access: RegradeAccess<'regrade.draft'>): Promise<Drafted> {
  return staffDatabase.$transaction(async (transaction) => {
    const row = await lockRegrade(transaction, access.regradeId)
    const undone = await transaction.regrade.count({ where: { undoesId: row.id, status: 'APPLIED' } })
    if (row.status !== 'APPLIED' || undone > 0) throw new Problem('regrade-closed', row.id)
    const open = await transaction.regrade.findFirst({ where: { undoesId: row.id, status: 'DRAFT' } })
    if (open) return { regradeId: open.id, number: open.number }
    const changes = changesOf(row).map(
      ({ questionVersionIds, partId }): StoredChange => ({ policy: 'restore', questionVersionIds, partId }),
    )
    await refuseSuperseded(transaction, row.assignmentId, changes, row.id)
    const basedOn = await latestKeyIds(transaction, row.assignmentId, changes)
    const reason = { zh: '先前的更正已取消。', en: 'An earlier correction was taken back.' }
    return addDraft(transaction, access, { changes, basedOn, reason, undoesId: row.id })
  })
}

/**
 * Writes a draft anew, on the keys as they are now. The writer becomes one of its authors.
 * @throws Problem `regrade-closed`, `invalid-request`, `regrade-superseded`.
 */
export async function editRegrade(
  access: RegradeAccess<'regrade.draft'>,
  edit: { readonly changes?: readonly KeyChange[] | undefined; readonly reason: RegradeReason },
): Promise<Drafted> {
  return staffDatabase.$transaction(async (transaction) => {
    const row = await lockDraft(transaction, access.regradeId)
    const changes = row.undoesId || !edit.changes ? changesOf(row) : edit.changes
    if (row.undoesId) await refuseSuperseded(transaction, row.assignmentId, changes, row.undoesId)
    const basedOn = row.undoesId
      ? await latestKeyIds(transaction, row.assignmentId, changes)
      : await requirePlan(transaction, row.assignmentId, changes)
    const { userId } = access.viewer
    await transaction.regrade.update({
      where: { id: row.id },
      data: {
        changes: asJson(changes),
        basedOn,
        reason: edit.reason,
        authorIds: [...new Set([...row.authorIds, userId])],
      },
    })
    await recordAudit(transaction, draftEntry(access, row.number, { changes, reason: edit.reason }))
    return { regradeId: row.id, number: row.number }
  })
}

/** @throws Problem `regrade-closed`. */
export async function discardRegrade(access: RegradeAccess<'regrade.draft'>): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    const row = await lockDraft(transaction, access.regradeId)
    await transaction.regrade.update({ where: { id: row.id }, data: { status: 'DISCARDED' } })
    await recordAudit(transaction, {
      actorId: access.viewer.userId,
      action: 'regrade.discard',
      subject: `assignment:${access.assignmentId}`,
      after: { number: row.number },
    })
  })
}

/** Whether whoever wrote a regrade of the course may apply it. */
export async function setRegradeSettings(
  access: AssignmentAccess<'regrade.apply'>,
  { needsSecond }: { readonly needsSecond: boolean },
): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    const before = await transaction.course.findUniqueOrThrow({
      where: { id: access.courseId },
      select: { regradeNeedsSecond: true },
    })
    await transaction.course.update({
      where: { id: access.courseId },
      data: { regradeNeedsSecond: needsSecond },
    })
    await recordAudit(transaction, {
      actorId: access.viewer.userId,
      action: 'regrade.settings',
      subject: `assignment:${access.assignmentId}`,
      before: { needsSecond: before.regradeNeedsSecond },
      after: { needsSecond },
    })
  })
}

async function addDraft(
  transaction: Client,
  access: AssignmentAccess<'regrade.draft'>,
  draft: {
    readonly changes: readonly StoredChange[]
    readonly basedOn: Record<string, string>
    readonly reason: RegradeReason
    readonly undoesId?: string
  },
): Promise<Drafted> {
  const { assignmentId, viewer } = access
  // Two drafts at once get two numbers.
  await transaction.$queryRaw`SELECT id FROM "Assignment" WHERE id = ${assignmentId} FOR UPDATE`
  const latest = await transaction.regrade.aggregate({ where: { assignmentId }, _max: { number: true } })
  const number = (latest._max.number ?? 0) + 1
  const { id } = await transaction.regrade.create({
    data: {
      ...draft,
      assignmentId,
      number,
      changes: asJson(draft.changes),
      authorIds: [viewer.userId],
    },
  })
  await recordAudit(transaction, draftEntry(access, number, draft))
  return { regradeId: id, number }
}

function draftEntry(
  access: AssignmentAccess,
  number: number,
  { changes, reason }: { readonly changes: readonly StoredChange[]; readonly reason: RegradeReason },
): AuditEntry {
  return {
    actorId: access.viewer.userId,
    action: 'regrade.draft',
    subject: `assignment:${access.assignmentId}`,
    after: { number, changes: asJson(changes), reason },
  }
}

/** @returns the keys that the draft starts from. @throws Problem `invalid-request`. */
async function requirePlan(
  client: Client,
  assignmentId: string,
  changes: readonly StoredChange[],
): Promise<Record<string, string>> {
  const ids = changes.flatMap((change) => change.questionVersionIds)
  const { keys, problems } = planKeys(
    changes,
    await readKeyedVersions(client, assignmentId, ids),
    () => undefined,
  )
  if (problems.length > 0) {
    const fields = problems.map(({ path, issue }) => ({ path: `body.${path}`, issue }))
    throw new Problem('invalid-request', undefined, { fields })
  }
  return Object.fromEntries(
    keys.map(({ version }) => [version.questionVersionId, version.keys[0]!.answerKeyId]),
  )
}

async function latestKeyIds(client: Client, assignmentId: string, changes: readonly StoredChange[]) {
  const ids = changes.flatMap((change) => change.questionVersionIds)
  const versions = await readKeyedVersions(client, assignmentId, ids)
  return Object.fromEntries(
    versions.map(({ questionVersionId, keys }) => [questionVersionId, keys[0]!.answerKeyId]),
  )
}

async function refuseSuperseded(
  client: Client,
  assignmentId: string,
  changes: readonly StoredChange[],
  regradeId: string,
): Promise<void> {
  const ids = changes.flatMap((change) => change.questionVersionIds)
  const later = findSuperseding(changes, await readKeyedVersions(client, assignmentId, ids), regradeId)
  if (later === null) return
  const { number } = await client.regrade.findUniqueOrThrow({ where: { id: later } })
  throw new Problem('regrade-superseded', regradeId, { facts: { supersededBy: number } })
}

async function lockRegrade(transaction: Client, regradeId: string): Promise<RegradeRow> {
  await transaction.$queryRaw`SELECT id FROM "Regrade" WHERE id = ${regradeId} FOR UPDATE`
  return transaction.regrade.findUniqueOrThrow({ where: { id: regradeId }, include: { undoes: true } })
}

/** @returns a draft whose row is held. @throws Problem `regrade-closed`. */
export async function lockDraft(transaction: Client, regradeId: string): Promise<RegradeRow> {
  const row = await lockRegrade(transaction, regradeId)
  if (row.status !== 'DRAFT') throw new Problem('regrade-closed', regradeId)
  return row
}
