import { Problem } from '@/lib/api/problem'
import { type AuditEntry, recordAudit } from '@/lib/audit/mutations'
import type { SwapAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { holdKeys } from '@/lib/grading/mutations'
import { enqueueFigureRequests } from '@/lib/jobs/queue'
import { judgedBy, needsReason } from '@/lib/model-swaps/compared-question'
import { readSwappableQuestions, type SwappableQuestion } from '@/lib/model-swaps/data'
import { lockProposal } from '@/lib/model-swaps/mutations'
import { withModel } from '@/lib/model-swaps/service'
import { addVersions, type LatestVersion, lockLatestVersions } from '@/lib/questions/mutations'
import { carryVariants, ensureVariants } from '@/lib/variants/carrying/mutations'
import { readKnownPictures } from '@/lib/variants/data'
import type { KnownPictures } from '@/lib/variants/names'
import { ensureKeyChecks } from '@/lib/verification/mutations'

type Client = Prisma.TransactionClient
type Proposal = Awaited<ReturnType<typeof lockProposal>>

/** An assignment may have hundreds of questions. */
const patient = { timeout: 60_000, maxWait: 10_000 }

/**
 * Applies a proposal: a new version of each of its questions, with the new model's figure, for attempts that begin from now
 * on; all of them or none. Drafts that somebody is writing stay as they are.
 * @throws Problem `swap-closed`; `swap-unfinished` while figures or keys are still computed, or one has failed;
 * `swap-outdated` with the questions that somebody has published or regraded since; `key-contradicted` when the new model
 * contradicts a key and no reason is given.
 */
export async function applySwap(
  access: SwapAccess<'question.edit'>,
  { reason }: { readonly reason?: string | undefined },
): Promise<{ readonly versions: number }> {
  const known = await readKnownPictures(access.courseId)
  const versions = await staffDatabase.$transaction(async (transaction) => {
    const proposal = await lockProposal(transaction, access.swapId)
    requireFinished(proposal)
    const latest = await lockLatestVersions(
      transaction,
      proposal.questions.map(({ questionId }) => questionId),
    )
    // No regrade gives a question another key meanwhile.
    await holdKeys(transaction, access.assignmentId)
    const questions = await requireCurrent(transaction, access.assignmentId, proposal)
    const contradicted = findContradicted(proposal, questions)
    if (contradicted.length > 0 && reason === undefined)
      throw new Problem('key-contradicted', contradicted.join(', '), { facts: { contradicted } })
    await publishVersions(transaction, access, { proposal, questions, known })
    await transaction.modelSwap.update({
      where: { id: proposal.id },
      data: {
        status: 'APPLIED',
        appliedAt: new Date(),
        appliedById: access.viewer.userId,
        keyReason: contradicted.length > 0 ? reason! : null,
      },
    })
    const why = { contradicted, ...(contradicted.length > 0 && { reason: reason! }) }
    await recordApplied(transaction, access, { proposal, questions, latest, why })
    return questions.length
  }, patient)
  await enqueueFigureRequests()
  await ensureKeyChecks()
  await ensureVariants()
  return { versions }
}

/** @throws Problem `swap-unfinished`. */
function requireFinished({ id, trial, questions }: Proposal): void {
  const areDrawn = questions.every(({ figureRequest }) => figureRequest.status === 'READY')
  if (trial?.status !== 'DONE' || !areDrawn) throw new Problem('swap-unfinished', id)
}

/** @returns the questions of the proposal. @throws Problem `swap-outdated`. */
async function requireCurrent(
  transaction: Client,
  assignmentId: string,
  { id, questions }: Proposal,
): Promise<SwappableQuestion[]> {
  const all = await readSwappableQuestions(transaction, assignmentId)
  const current = all.filter((found) =>
    questions.some(
      ({ questionVersionId, answerKeyId }) =>
        questionVersionId === found.questionVersionId && answerKeyId === found.answerKeyId,
    ),
  )
  if (current.length < questions.length) {
    const outdated = questions.map(({ questionId }) => questionId)
    const changed = outdated.filter((questionId) => !current.some((found) => found.questionId === questionId))
    throw new Problem('swap-outdated', id, { facts: { questionIds: changed } })
  }
  return current
}

/** @returns parts whose key the new model contradicts without a recorded reason. */
function findContradicted({ trial }: Proposal, questions: readonly SwappableQuestion[]): string[] {
  const verdicts = judgedBy(trial!.verdicts)
  return questions.flatMap(({ key }) =>
    Object.entries(key).flatMap(([partId, part]) =>
      needsReason(part, verdicts.get(partId)) ? [partId] : [],
    ),
  )
}

async function publishVersions(
  transaction: Client,
  { viewer }: SwapAccess,
  {
    proposal,
    questions,
    known,
  }: {
    readonly proposal: Proposal
    readonly questions: readonly SwappableQuestion[]
    readonly known: KnownPictures
  },
): Promise<void> {
  const versions = questions.map(({ questionId, version, content, key, points, figureSpec }) => ({
    questionId,
    number: version + 1,
    origin: 'INSTRUCTOR' as const,
    authorId: viewer.userId,
    content,
    key,
    points,
    figureSpec: withModel(figureSpec, proposal.toModel),
  }))
  const versionIds = await addVersions(transaction, versions)
  for (const [index, { questionId, version }] of questions.entries()) {
    const { figureRequestId } = proposal.questions.find((found) => found.questionId === questionId)!
    const questionVersionId = versionIds[index]!
    // The figure is there: attempts that begin in the next second show it.
    await transaction.questionVersion.update({
      where: { id: questionVersionId },
      data: { figureRequestId },
    })
    const base = { questionId, questionVersionId, version: versions[index]!, authorId: viewer.userId }
    await carryVariants(transaction, base, known)
    await transaction.modelSwapQuestion.update({
      where: { swapId_questionId: { swapId: proposal.id, questionId } },
      data: { appliedVersion: version + 1 },
    })
  }
}

async function recordApplied(
  transaction: Client,
  { assignmentId, viewer }: SwapAccess,
  applied: {
    readonly proposal: Proposal
    readonly questions: readonly SwappableQuestion[]
    readonly latest: ReadonlyMap<string, LatestVersion>
    readonly why: { readonly contradicted: readonly string[]; readonly reason?: string }
  },
): Promise<void> {
  const { proposal, questions, latest, why } = applied
  const { number, fromModel: from, toModel: to } = proposal
  const published = questions.map(({ questionId, version, key }): AuditEntry => {
    const contradicted = why.contradicted.filter((partId) => Object.hasOwn(key, partId))
    return {
      actorId: viewer.userId,
      action: 'question.publish',
      subject: `question:${questionId}`,
      before: { version, contentHash: latest.get(questionId)!.contentHash },
      after: {
        version: version + 1,
        modelSwap: { number, from, to },
        ...(contradicted.length > 0 && { contradicted, reason: why.reason! }),
      },
    }
  })
  await recordAudit(
    transaction,
    {
      actorId: viewer.userId,
      action: 'model-swap.apply',
      subject: `assignment:${assignmentId}`,
      before: { model: from },
      after: { number, model: to, questions: questions.map(({ slug }) => slug), ...why },
    },
    ...published,
  )
}
