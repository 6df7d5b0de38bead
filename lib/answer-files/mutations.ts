import { openAnswerFile } from '@/lib/answer-files/open'
import type { FiledAnswer } from '@/lib/answer-files/seal'
import { Problem } from '@/lib/api/problem'
import { storingStatement } from '@/lib/attempts/storing'
import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { environment } from '@/lib/environment'
import { holdKeys, regradeAnswers } from '@/lib/grading/mutations'
import { type QuestionPart, questionContentSchema } from '@/lib/questions/content'
import { findSelectionProblem } from '@/lib/questions/selection'

/** What a file says of one part, beside what is stored. */
export interface FiledPart {
  readonly partId: string
  /** As students see it; the id where the attempt has no such part. */
  readonly label: string
  /** `older`: a newer answer is stored. `invalid`: the attempt has no such part or option. Only `new` is stored. */
  readonly status: 'new' | 'same' | 'older' | 'invalid'
  readonly filed: readonly string[]
  readonly stored: readonly string[]
  /** ISO 8601, by the device's clock. */
  readonly chosenAt: string
}

export interface AnswerFileReport {
  readonly student: { readonly name: string; readonly email: string }
  readonly attemptNumber: number
  /** ISO 8601, by the device's clock. */
  readonly madeAt: string
  /** When the attempt was submitted or its time ended; null: it is open. */
  readonly endedAt: string | null
  readonly parts: readonly FiledPart[]
  readonly applied: boolean
  /** Thousandths of a point; null where nothing was graded anew. */
  readonly points: { readonly before: number; readonly after: number } | null
}

/**
 * Opens an answer file and says what it holds; applied, its newer answers are stored by the statement that stores every
 * answer, with their own revisions, and a submitted attempt is graded anew. An attempt that has ended takes answers only
 * if the instructor says so, and the audit says who did.
 * @throws Problem `answer-file-unreadable`, `not-found` (a file of another assignment), `answer-file-late`.
 */
export async function importAnswerFile(
  access: AssignmentAccess<'answer-file.import'>,
  request: { readonly file: string; readonly apply: boolean; readonly acceptLate: boolean },
): Promise<AnswerFileReport> {
  const file = await openAnswerFile(request.file, environment().answerFileKey)
  if (!file.opened)
    throw new Problem('answer-file-unreadable', file.reason, { facts: { reason: file.reason } })
  const { attemptId, content } = file
  return staffDatabase.$transaction(async (transaction) => {
    await holdKeys(transaction, access.assignmentId)
    await transaction.$queryRaw`SELECT id FROM "Attempt" WHERE id = ${attemptId} FOR UPDATE`
    const attempt = await transaction.attempt.findFirst({
      where: { id: attemptId, assignmentId: access.assignmentId },
      include: {
        user: { select: { name: true, email: true } },
        answers: true,
        questions: { include: { questionVersion: { select: { content: true } } } },
        scores: { select: { points: true } },
      },
    })
    if (!attempt) throw new Problem('not-found', `attempt ${attemptId} in ${access.assignmentId}`)
    const shown = attempt.questions.flatMap(
      ({ questionVersion }) => questionContentSchema.parse(questionVersion.content).parts,
    )
    const partOf = new Map(shown.map((part) => [part.id, part]))
    const held = new Map(attempt.answers.map((answer) => [answer.partId, answer]))
    const parts = content.answers.map((answer) =>
      compare(answer, partOf.get(answer.partId), held.get(answer.partId)),
    )
    const endedAt =
      attempt.submittedAt ?? (attempt.endsAt && attempt.endsAt <= new Date() ? attempt.endsAt : null)
    const report = {
      student: attempt.user,
      attemptNumber: attempt.number,
      madeAt: content.madeAt,
      endedAt: endedAt?.toISOString() ?? null,
      parts,
    }
    if (!request.apply) return { ...report, applied: false, points: null }
    if (endedAt && !request.acceptLate) throw new Problem('answer-file-late', attemptId)

    const wanted = new Set(parts.filter(({ status }) => status === 'new').map(({ partId }) => partId))
    const answers = content.answers.filter(({ partId }) => wanted.has(partId))
    for (const answer of answers) await store(transaction, attemptId, answer)
    const before = attempt.scores.reduce((sum, score) => sum + score.points, 0)
    const graded = attempt.submittedAt ? await regradeAnswers(transaction, attemptId, wanted) : null
    await recordAudit(transaction, {
      actorId: access.viewer.userId,
      action: 'answer-file.import',
      subject: `attempt:${attemptId}`,
      before: {
        answers: Object.fromEntries(
          answers.map(({ partId }) => {
            const answer = held.get(partId)
            return [partId, answer ? { optionIds: answer.optionIds, revision: answer.revision } : null]
          }),
        ),
        ...(graded && { points: before }),
      },
      after: {
        answers: Object.fromEntries(
          answers.map(({ partId, optionIds, revision }) => [partId, { optionIds: [...optionIds], revision }]),
        ),
        madeAt: content.madeAt,
        endedAt: report.endedAt,
        ...(graded && { points: graded.points }),
      },
    })
    return { ...report, applied: true, points: graded && { before, after: graded.points } }
  })
}

function compare(
  { partId, optionIds, revision, chosenAt }: FiledAnswer,
  part: QuestionPart | undefined,
  held: { readonly optionIds: readonly string[]; readonly revision: number } | undefined,
): FiledPart {
  const stored = held?.optionIds ?? []
  const shared = { partId, label: part?.label ?? partId, filed: optionIds, stored, chosenAt }
  if (!part || findSelectionProblem(part, optionIds)) return { ...shared, status: 'invalid' }
  if (held && held.revision === revision && stored.join() === optionIds.join())
    return { ...shared, status: 'same' }
  return { ...shared, status: revision > (held?.revision ?? 0) ? 'new' : 'older' }
}

/** The transaction holds the attempt's row, so that nothing is saved or submitted meanwhile. */
const importStatement = storingStatement('SELECT id, false AS "inGrace" FROM "Attempt" WHERE id = $1')

async function store(
  transaction: Prisma.TransactionClient,
  attemptId: string,
  { partId, optionIds, revision, clientId }: FiledAnswer,
): Promise<void> {
  const stored = await transaction.$queryRawUnsafe<unknown[]>(
    importStatement,
    attemptId,
    partId,
    optionIds,
    revision,
    clientId,
  )
  if (stored.length !== 1) throw new Error(`answer ${partId} of attempt ${attemptId} was not stored`)
}
