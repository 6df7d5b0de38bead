import type { AuthorizedAssignmentId, AuthorizedQuestionId } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { studentDatabase } from '@/lib/database/student'
import { type FigureSpec, figureSpecSchema } from '@/lib/explainers/figures/spec'
import {
  type QuestionContent,
  type QuestionKey,
  questionContentSchema,
  questionKeySchema,
} from '@/lib/questions/content'

/** A question version as an attempt or a page shows it; never its key. */
export interface ShownQuestion {
  readonly questionId: string
  readonly questionVersionId: string
  /** 1-based. */
  readonly position: number
  readonly content: QuestionContent
  readonly figureRequestId: string | null
}

/** A question with everything that staff may know about it. */
export interface StaffQuestionView {
  readonly questionId: string
  readonly slug: string
  readonly position: number
  readonly questionVersionId: string
  readonly version: number
  readonly keyVersion: number
  readonly origin: 'SEED' | 'INSTRUCTOR'
  readonly content: QuestionContent
  readonly key: QuestionKey
  readonly figureSpec: FigureSpec | null
  readonly figureRequestId: string | null
}

const mostRemembered = 5000
const remembered = new Map<string, QuestionContent>()

/**
 * Contents by question version id. Versions never change, so each is read and checked once in a process.
 * @throws Error when an id does not exist.
 */
export async function readContents(
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, QuestionContent>> {
  const found = new Map<string, QuestionContent>()
  const missing: string[] = []
  for (const id of versionIds) {
    const content = remembered.get(id)
    if (content) found.set(id, content)
    else missing.push(id)
  }
  if (missing.length > 0) {
    const rows = await studentDatabase.questionVersion.findMany({
      where: { id: { in: missing } },
      select: { id: true, content: true },
    })
    if (remembered.size + rows.length > mostRemembered) remembered.clear()
    for (const row of rows) {
      const content = questionContentSchema.parse(row.content)
      remembered.set(row.id, content)
      found.set(row.id, content)
    }
    const unknown = missing.find((id) => !found.has(id))
    if (unknown !== undefined) throw new Error(`there is no question version ${unknown}`)
  }
  return found
}

/** @returns the latest version of each question of the assignment, by position. */
export async function readLatestQuestions(
  assignmentId: AuthorizedAssignmentId<
    'assignment.read' | 'assignment.overview' | 'evidence.read' | 'student.preview'
  >,
): Promise<ShownQuestion[]> {
  const questions = await studentDatabase.question.findMany({
    where: { assignmentId },
    orderBy: { position: 'asc' },
    select: {
      id: true,
      position: true,
      versions: {
        orderBy: { version: 'desc' },
        take: 1,
        select: { id: true, figureRequestId: true },
      },
    },
  })
  const latest = questions.flatMap(({ id, position, versions }) =>
    versions.map((version) => ({ questionId: id, position, questionVersionId: version.id, ...version })),
  )
  const known = await readContents(latest.map((question) => question.questionVersionId))
  return latest.map(({ questionId, questionVersionId, position, figureRequestId }) => ({
    questionId,
    questionVersionId,
    position,
    content: known.get(questionVersionId)!,
    figureRequestId,
  }))
}

/** @returns the latest version of a question with its latest key; null when the question has no version yet. */
export async function readQuestionForStaff(
  questionId: AuthorizedQuestionId<'question.read-key'>,
): Promise<StaffQuestionView | null> {
  const question = await staffDatabase.question.findUniqueOrThrow({
    where: { id: questionId },
    include: {
      versions: {
        orderBy: { version: 'desc' },
        take: 1,
        include: { keys: { orderBy: { version: 'desc' }, take: 1 } },
      },
    },
  })
  const version = question.versions[0]
  const key = version?.keys[0]
  if (!version || !key) return null
  return {
    questionId: question.id,
    slug: question.slug,
    position: question.position,
    questionVersionId: version.id,
    version: version.version,
    keyVersion: key.version,
    origin: version.origin,
    content: questionContentSchema.parse(version.content),
    key: questionKeySchema.parse(key.secret),
    figureSpec: version.figureSpec === null ? null : figureSpecSchema.parse(version.figureSpec),
    figureRequestId: version.figureRequestId,
  }
}
