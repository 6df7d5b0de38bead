import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess, QuestionAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { type CopySource, readDraftToCopy, readStoredDraft } from '@/lib/studio/data'
import { copyDraft, emptyDraft } from '@/lib/studio/draft'
import { decideSave } from '@/lib/studio/draft-saving'
import { type Draft, type DraftSave, draftSchema, type StoredDraft } from '@/lib/studio/schema'
import { recipeForParts } from '@/lib/variants/recipe'

type Row = Prisma.QuestionDraftGetPayload<object>

/**
 * Saves a draft on top of the revision that the editor knows. The same save may arrive twice.
 * @throws Problem `draft-conflict` with the draft that is there, when somebody else or another tab has saved, published
 * or discarded meanwhile.
 */
export async function saveDraft(
  { questionId, viewer }: QuestionAccess<'question.edit'>,
  { revision, basedOn, draft, keepReplaced }: DraftSave,
): Promise<{ readonly revision: number; readonly savedAt: string }> {
  return staffDatabase.$transaction(async (transaction) => {
    const stored = await holdDraft(transaction, questionId)
    const decision = decideSave(stored && { ...stored, draft: parseDraft(stored.draft) }, {
      revision,
      authorId: viewer.userId,
      draft,
      keepReplaced,
    })
    if (decision.kind === 'conflict') throw await conflict(questionId, transaction)
    if (decision.kind === 'unchanged')
      return { revision: stored!.revision, savedAt: stored!.updatedAt.toISOString() }
    if (decision.setAside) await setAside(transaction, stored!)
    const updatedAt = new Date()
    const data = { revision: decision.revision, draft, basedOn, authorId: viewer.userId, updatedAt }
    await transaction.questionDraft.upsert({
      where: { questionId },
      create: { questionId, ...data },
      update: data,
    })
    return { revision: decision.revision, savedAt: updatedAt.toISOString() }
  })
}

/**
 * Puts a draft aside; the question is then as it was published last.
 * @throws Problem `draft-conflict` when another revision is there than the one that is meant.
 */
export async function discardDraft(
  { questionId, viewer }: QuestionAccess<'question.edit'>,
  revision: number,
): Promise<{ readonly revision: number }> {
  return staffDatabase.$transaction(async (transaction) => {
    const stored = await holdDraft(transaction, questionId)
    if ((stored?.revision ?? 0) !== revision) throw await conflict(questionId, transaction)
    if (!stored || stored.draft === null) return { revision }
    await setAside(transaction, stored)
    const next = await endDraft(transaction, questionId, viewer.userId)
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'question.discard',
      subject: `question:${questionId}`,
      before: { revision, basedOn: stored.basedOn },
    })
    return { revision: next }
  })
}

/**
 * For the publication of a question, which the caller holds: its draft has become a version.
 * @param revision of the draft that is published; undefined: none is, and what somebody is writing stays.
 * @throws Problem `draft-conflict` when the draft is another one by now.
 */
export async function endPublishedDraft(
  transaction: Prisma.TransactionClient,
  questionId: string,
  userId: string,
  revision: number | undefined,
): Promise<void> {
  if (revision === undefined) return
  const stored = await holdDraft(transaction, questionId)
  if ((stored?.revision ?? 0) !== revision) throw await conflict(questionId, transaction)
  if (stored) await endDraft(transaction, questionId, userId)
}

/** @returns the revision from which a next draft goes on. */
async function endDraft(
  transaction: Prisma.TransactionClient,
  questionId: string,
  authorId: string,
): Promise<number> {
  const [row] = await transaction.$queryRaw<{ revision: number }[]>`
    UPDATE "QuestionDraft"
    SET revision = revision + 1, draft = NULL, "authorId" = ${authorId}, "updatedAt" = ${new Date()}
    WHERE "questionId" = ${questionId}
    RETURNING revision`
  return row!.revision
}

/**
 * Adds a question at the end of an assignment: empty, or a copy of another. It is a draft until it is published.
 * @throws Problem `invalid-request` when the question to copy is not of this assignment.
 */
export async function createQuestion(
  { assignmentId, viewer }: AssignmentAccess<'question.edit'>,
  { copyOf }: { readonly copyOf?: string | undefined },
): Promise<{ readonly questionId: string; readonly slug: string }> {
  return staffDatabase.$transaction(async (transaction) => {
    const held = await holdQuestions(transaction, assignmentId)
    let source: CopySource | null = null
    if (copyOf !== undefined) {
      source = held.some(({ id }) => id === copyOf) ? await readDraftToCopy(transaction, copyOf) : null
      if (!source)
        throw new Problem('invalid-request', undefined, {
          fields: [{ path: 'body.copyOf', issue: 'expected a question of this assignment' }],
        })
    }
    const made = await addDraftQuestion(transaction, {
      assignmentId,
      authorId: viewer.userId,
      held,
      copyOf: source,
    })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'question.create',
      subject: `question:${made.questionId}`,
      after: { slug: made.slug, ...(copyOf !== undefined && { copyOf }) },
    })
    return made
  })
}

/**
 * Adds a question at the end of an assignment, as a draft.
 * @param held the assignment's questions, by `holdQuestions`
 * @param copyOf null: it is empty
 */
export async function addDraftQuestion(
  transaction: Prisma.TransactionClient,
  {
    assignmentId,
    authorId,
    held,
    copyOf,
  }: {
    readonly assignmentId: string
    readonly authorId: string
    readonly held: Awaited<ReturnType<typeof holdQuestions>>
    readonly copyOf: CopySource | null
  },
): Promise<{ readonly questionId: string; readonly slug: string }> {
  const slug = freeSlug(held.map((question) => question.slug))
  const label = String(held.filter(({ archivedAt }) => archivedAt === null).length + 1)
  const draft = copyOf ? copyDraft(copyOf.draft, slug, label) : emptyDraft(slug, label, 'lime')
  const { id: questionId } = await transaction.question.create({
    data: {
      assignmentId,
      slug,
      position: Math.max(0, ...held.map((question) => question.position)) + 1,
      tags: [...(copyOf?.tags ?? [])],
      copiedFromId: copyOf?.versionId ?? null,
      draft: {
        create: {
          revision: 1,
          draft,
          basedOn: 0,
          authorId,
          updatedAt: new Date(),
          ...(copyOf?.variants && {
            variants: recipeForParts(
              copyOf.variants,
              copyOf.draft.parts,
              draft.parts,
            ) as Prisma.InputJsonObject,
          }),
        },
      },
    },
  })
  return { questionId, slug }
}

/**
 * Puts the questions of an assignment in another order, for attempts that begin from now on. Questions that are not
 * named, because somebody has added them meanwhile, stay behind in their order.
 * @throws Problem `invalid-request` for a question that the assignment does not have, or one that is named twice.
 */
export async function orderQuestions(
  { assignmentId, viewer }: AssignmentAccess<'question.edit'>,
  questionIds: readonly string[],
): Promise<{ readonly questionIds: string[] }> {
  return staffDatabase.$transaction(async (transaction) => {
    const before = (await holdQuestions(transaction, assignmentId)).map(({ id }) => id)
    const known = questionIds.every((id) => before.includes(id))
    if (!known || new Set(questionIds).size < questionIds.length)
      throw new Problem('invalid-request', undefined, {
        fields: [{ path: 'body.questionIds', issue: 'expected questions of this assignment, each once' }],
      })
    const after = [...questionIds, ...before.filter((id) => !questionIds.includes(id))]
    if (after.every((id, at) => id === before[at])) return { questionIds: after }
    await transaction.$executeRaw`
      UPDATE "Question" SET position = place.at
      FROM unnest(${after}::text[]) WITH ORDINALITY AS place(id, at)
      WHERE "Question".id = place.id`
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'question.order',
      subject: `assignment:${assignmentId}`,
      before: { questionIds: before },
      after: { questionIds: after },
    })
    return { questionIds: after }
  })
}

/** Leaves a question out of attempts that begin from now on, or takes it in again. Attempts that pin it keep it. */
export async function archiveQuestion(
  { questionId, viewer }: QuestionAccess<'question.edit'>,
  archived: boolean,
): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    const { count } = await transaction.question.updateMany({
      where: { id: questionId, archivedAt: archived ? null : { not: null } },
      data: { archivedAt: archived ? new Date() : null },
    })
    if (count === 0) return
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: archived ? 'question.archive' : 'question.unarchive',
      subject: `question:${questionId}`,
    })
  })
}

/** Holds the question, which a publication holds too, until the transaction ends. */
async function holdDraft(transaction: Prisma.TransactionClient, questionId: string): Promise<Row | null> {
  await transaction.$queryRaw`SELECT id FROM "Question" WHERE id = ${questionId} FOR NO KEY UPDATE`
  return transaction.questionDraft.findUnique({ where: { questionId } })
}

/** Holds the assignment's list of questions. @returns them by position. */
export async function holdQuestions(transaction: Prisma.TransactionClient, assignmentId: string) {
  await transaction.$queryRaw`SELECT id FROM "Assignment" WHERE id = ${assignmentId} FOR NO KEY UPDATE`
  return transaction.question.findMany({
    where: { assignmentId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, slug: true, position: true, archivedAt: true },
  })
}

/** `s01`: never a name of the assignment's own file, which may grow. */
function freeSlug(taken: readonly string[]): string {
  let number = 1
  const name = () => `s${String(number).padStart(2, '0')}`
  while (taken.includes(name())) number++
  return name()
}

const mostSetAside = 30

async function setAside(transaction: Prisma.TransactionClient, row: Row): Promise<void> {
  const { questionId, draft, basedOn, authorId, updatedAt } = row
  await transaction.setAsideDraft.create({
    data: { questionId, draft: draft as Prisma.InputJsonObject, basedOn, authorId, updatedAt },
  })
  const old = await transaction.setAsideDraft.findMany({
    where: { questionId },
    orderBy: [{ setAsideAt: 'desc' }, { id: 'desc' }],
    skip: mostSetAside,
    select: { id: true },
  })
  if (old.length > 0)
    await transaction.setAsideDraft.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } })
}

async function conflict(questionId: string, transaction: Prisma.TransactionClient): Promise<Problem> {
  const stored: StoredDraft | null = await readStoredDraft(transaction, questionId)
  return new Problem('draft-conflict', `question ${questionId}`, { facts: { stored } })
}

function parseDraft(json: unknown): Draft | null {
  return json === null ? null : draftSchema.parse(json)
}
