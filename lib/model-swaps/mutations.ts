import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess, SwapAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { forgetUnwanted } from '@/lib/figure-previews/mutations'
import { readForeignNames } from '@/lib/figures/data'
import { installedSources } from '@/lib/figures/installed-sources'
import { requestNaming } from '@/lib/figures/service'
import type { FigureSources } from '@/lib/figures/sources'
import { enqueueTrial, enqueueUnseenPreviews, queue } from '@/lib/jobs/queue'
import { addTrial, removeTrials } from '@/lib/key-trials/mutations'
import type { TrialKeys } from '@/lib/key-trials/schema'
import { readCourseModels, readSwappableQuestions, type SwappableQuestion } from '@/lib/model-swaps/data'
import type { SwapProposal } from '@/lib/model-swaps/schema'
import { examineQuestion, withModel } from '@/lib/model-swaps/service'
import { readLatestVerdict } from '@/lib/verification/data'

type Client = Prisma.TransactionClient

/** Swaps of an assignment that may be proposed at a time: two models that are compared, and one more. */
export const mostProposals = 3

/**
 * Proposes another model for questions that are about one: their figures and keys are computed and compared, and nothing
 * changes yet.
 * @throws Problem `not-found` for a model that the course does not have; `invalid-request` for a question that is not about
 * `from`; `swap-impossible` with the obstacles by question; `swap-limit`.
 */
export async function proposeSwap(
  access: AssignmentAccess<'question.edit'>,
  { from, to, questionIds }: SwapProposal,
  sources: FigureSources = installedSources(),
): Promise<{ readonly swapId: string; readonly number: number }> {
  const { assignmentId, courseId, viewer } = access
  const [foreign] = await readForeignNames(courseId, { pictures: [], models: [to] })
  if (foreign !== undefined) throw new Problem('not-found', `${foreign} of another course`)
  const questions = await readChosen(access, from, questionIds)
  await requirePossible(access, questions, { from, to }, sources)
  const nameOf = requestNaming(sources)
  const wanted = await Promise.all(
    questions.map(async (question) => {
      const spec = withModel(question.figureSpec, to)
      return { question, spec, requestId: await nameOf(spec) }
    }),
  )
  const keys = await keysOf(questions)
  const { swapId, number, trialId } = await staffDatabase.$transaction(async (transaction) => {
    // Two proposals at once get two numbers. The model stays while they are made.
    await transaction.$queryRaw`SELECT id FROM "Assignment" WHERE id = ${assignmentId} FOR NO KEY UPDATE`
    await transaction.$queryRaw`SELECT name FROM "UploadedModel" WHERE name = ${to} FOR KEY SHARE`
    const number = await nextNumber(transaction, assignmentId)
    await askForFigures(transaction, wanted)
    const { id: swapId } = await transaction.modelSwap.create({
      data: {
        assignmentId,
        number,
        fromModel: from,
        toModel: to,
        authorId: viewer.userId,
        questions: {
          create: wanted.map(({ question: { questionId, questionVersionId, answerKeyId }, requestId }) => ({
            questionId,
            questionVersionId,
            answerKeyId,
            figureRequestId: requestId,
          })),
        },
      },
    })
    const trialId = await addTrial(transaction, { swapId, authorId: viewer.userId, figureModel: to, keys })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'model-swap.propose',
      subject: `assignment:${assignmentId}`,
      after: { number, from, to, questions: questions.map(({ slug }) => slug) },
    })
    return { swapId, number, trialId }
  })
  const waiting = await readWaiting(wanted.map(({ requestId }) => requestId))
  await enqueueUnseenPreviews(waiting.map((id) => ({ id, courseId })))
  await enqueueTrial({ id: trialId, courseId }, 'left')
  return { swapId, number }
}

/** @throws Problem `invalid-request` for a question that is not about the model. */
async function readChosen(
  { assignmentId }: AssignmentAccess<'question.edit'>,
  from: string,
  questionIds: readonly string[],
): Promise<SwappableQuestion[]> {
  const all = await readSwappableQuestions(staffDatabase, assignmentId)
  const about = all.filter(({ figureSpec }) => figureSpec.model === from)
  const chosen = about.filter(({ questionId }) => questionIds.includes(questionId))
  if (chosen.length < new Set(questionIds).size)
    throw new Problem('invalid-request', undefined, {
      fields: [{ path: 'body.questionIds', issue: `expected questions of this assignment about ${from}` }],
    })
  return chosen
}

async function requirePossible(
  { courseId }: AssignmentAccess<'question.edit'>,
  questions: readonly SwappableQuestion[],
  { from, to }: { readonly from: string; readonly to: string },
  sources: FigureSources,
): Promise<void> {
  const models = await readCourseModels(courseId, sources)
  const other = models.get(to)
  if (!other) throw new Problem('not-found', `model ${to}`)
  const examined = await Promise.all(
    questions.map(async (question) => ({
      questionId: question.questionId,
      label: question.content.label,
      reasons: await examineQuestion(question, models.get(from) ?? null, other, sources),
    })),
  )
  const obstacles = examined.filter(({ reasons }) => reasons.length > 0)
  if (obstacles.length > 0) throw new Problem('swap-impossible', to, { facts: { obstacles } })
}

/** @returns the keys of all parts, with as many seeds as each was checked with last. */
async function keysOf(questions: readonly SwappableQuestion[]): Promise<TrialKeys> {
  const keys: TrialKeys = {}
  for (const { answerKeyId, key } of questions)
    for (const [partId, { correct, evidence }] of Object.entries(key)) {
      const seeds = (await readLatestVerdict(answerKeyId, partId))?.stability?.seeds ?? 1
      keys[partId] = { correct, ...(evidence && { evidence }), seeds }
    }
  return keys
}

/** @throws Problem `swap-limit`. */
async function nextNumber(transaction: Client, assignmentId: string): Promise<number> {
  const open = await transaction.modelSwap.count({ where: { assignmentId, status: 'PROPOSED' } })
  if (open >= mostProposals) throw new Problem('swap-limit', assignmentId, { facts: { most: mostProposals } })
  const latest = await transaction.modelSwap.aggregate({ where: { assignmentId }, _max: { number: true } })
  return (latest._max.number ?? 0) + 1
}

/** Makes the requests that are missing, holds the others, and gives failed ones another try. */
async function askForFigures(
  transaction: Client,
  wanted: readonly { readonly requestId: string; readonly spec: object }[],
): Promise<void> {
  const byId = new Map(wanted.map(({ requestId, spec }) => [requestId, spec]))
  for (const [id, spec] of [...byId].sort(([one], [other]) => one.localeCompare(other)))
    await transaction.$executeRaw`
      INSERT INTO "FigureRequest" (id, spec, "updatedAt")
      VALUES (${id}, ${JSON.stringify(spec)}::jsonb, now())
      ON CONFLICT (id) DO UPDATE SET
        status = CASE WHEN "FigureRequest".status = 'FAILED' THEN 'QUEUED' ELSE "FigureRequest".status END,
        error = NULL`
}

async function readWaiting(requestIds: readonly string[]): Promise<string[]> {
  const rows = await staffDatabase.figureRequest.findMany({
    where: { id: { in: [...requestIds] }, status: { not: 'READY' } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/**
 * Discards a proposal, also while it is computed: nothing of it stays but evidence that was computed.
 * @throws Problem `swap-closed` when it is applied.
 */
export async function discardSwap(access: SwapAccess<'question.edit'>): Promise<void> {
  const { swapId, assignmentId, viewer } = access
  await queue() // Makes the queue's tables when they are missing.
  await staffDatabase.$transaction(async (transaction) => {
    const { number, fromModel, toModel, questions } = await lockProposal(transaction, swapId)
    await removeTrials(transaction, { swapId })
    await transaction.modelSwap.delete({ where: { id: swapId } })
    await forgetUnwanted(
      transaction,
      questions.map(({ figureRequestId }) => figureRequestId),
    )
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'model-swap.discard',
      subject: `assignment:${assignmentId}`,
      before: { number, from: fromModel, to: toModel },
    })
  })
}

/** @returns a proposal whose row is held. @throws Problem `not-found`, `swap-closed`. */
export async function lockProposal(transaction: Client, swapId: string) {
  await transaction.$queryRaw`SELECT id FROM "ModelSwap" WHERE id = ${swapId} FOR UPDATE`
  const row = await transaction.modelSwap.findUnique({
    where: { id: swapId },
    include: { trial: true, questions: { include: { figureRequest: { select: { status: true } } } } },
  })
  if (!row) throw new Problem('not-found', `swap ${swapId}`)
  if (row.status !== 'PROPOSED') throw new Problem('swap-closed', swapId)
  return row
}
