import type { AuthorizedAssignmentId, AuthorizedQuestionId } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { statements } from '@/lib/database/statements'
import { studentDatabase } from '@/lib/database/student'
import { type FigureSpec, figureSpecSchema, picturesOf } from '@/lib/explainers/figures/spec'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { QuestionPool } from '@/lib/pools/draw'
import {
  keyPointsSchema,
  type QuestionContent,
  type QuestionKey,
  questionContentSchema,
  questionKeySchema,
} from '@/lib/questions/content'
import { withKeyPoints } from '@/lib/questions/effective-points'
import { renderContent } from '@/lib/questions/rendered-content'
import type { RichContent } from '@/lib/questions/rich-content'
import { withShownLabel } from '@/lib/questions/shown-label'
import { withShownOrder } from '@/lib/questions/shown-order'

/** What a question version says; it never changes. */
interface VersionText {
  readonly content: RichContent
  /** The pictures that its figure explains. */
  readonly figurePictures: readonly PictureName[]
}

/** A question version as an attempt or a page shows it; never its key. */
export interface ShownQuestion extends VersionText {
  readonly questionId: string
  readonly questionVersionId: string
  /** 1-based. */
  readonly position: number
  readonly figureRequestId: string | null
}

/** A question of an assignment as it stands. */
export interface LatestQuestion extends ShownQuestion {
  /** It is there for the attempts that have it. */
  readonly archived: boolean
  /** null: every attempt has it. */
  readonly pool: QuestionPool | null
}

/** A question as an attempt pins it. */
export interface PinnedQuestion extends ShownQuestion {
  readonly flagged: boolean
  /** Of the figure that tests its figure's maps; null where there are none. */
  readonly trustRequestId: string | null
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
  /** Of the figure that tests its figure's maps; null where there are none. */
  readonly trustRequestId: string | null
}

const mostRemembered = 5000
const remembered = new Map<string, VersionText>()

/** A question without its text, the points that its latest key gives its parts, and how an attempt shows it. */
type Untold<Question extends ShownQuestion> = Omit<Question, keyof VersionText> & AsShown

interface AsShown {
  readonly points: unknown
  /** Of the order in which options are shown; null or left out: as they were written. */
  readonly optionSeed?: number | null
  /** Number that the question is shown under; null or left out: its own label. */
  readonly shownNumber?: number | null
}

/**
 * Adds what each question's version says: read and checked once in a process, since versions never change. Only points
 * may be others since a regrade.
 */
async function withTexts<Question extends Omit<ShownQuestion, keyof VersionText>>(
  questions: readonly (Question & AsShown)[],
): Promise<(Omit<Question, keyof AsShown> & VersionText)[]> {
  const ids = questions.map((question) => question.questionVersionId)
  const texts = new Map(ids.map((id) => [id, remembered.get(id)]))
  const unknown = ids.filter((id) => !texts.get(id))
  if (unknown.length > 0) {
    const rows = await studentDatabase.questionVersion.findMany({
      where: { id: { in: unknown } },
      select: { id: true, content: true, figureSpec: true },
    })
    if (remembered.size + rows.length > mostRemembered) remembered.clear()
    for (const { id, content, figureSpec } of rows) {
      const figurePictures = figureSpec === null ? [] : picturesOf(figureSpecSchema.parse(figureSpec))
      const text = { content: renderContent(questionContentSchema.parse(content)), figurePictures }
      remembered.set(id, text)
      texts.set(id, text)
    }
  }
  return questions.map(({ points, optionSeed, shownNumber, ...question }) => {
    const text = texts.get(question.questionVersionId)!
    const content = withKeyPoints(text.content, keyPointsSchema.parse(points))
    const numbered = withShownLabel(content, shownNumber ?? null)
    return { ...question, ...text, content: withShownOrder(numbered, optionSeed ?? null) }
  })
}

/** @returns the questions that the attempt pins, by position, with the numbers and the order of options that it shows. */
export async function readPinnedQuestions(attemptId: string): Promise<PinnedQuestion[]> {
  const pins = await statements.$queryRaw<Untold<PinnedQuestion>[]>`
    SELECT p."questionId", p."questionVersionId", p.position, p.flagged, v."figureRequestId", v."trustRequestId",
           coalesce(k.points, '{}') AS points, CASE WHEN a.shuffled THEN a.seed END AS "optionSeed",
           CASE WHEN a.drawn THEN p.position END AS "shownNumber"
    FROM "AttemptQuestion" p
    JOIN "Attempt" a ON a.id = p."attemptId"
    JOIN "QuestionVersion" v ON v.id = p."questionVersionId"
    LEFT JOIN LATERAL (
      SELECT points FROM "AnswerKey" WHERE "questionVersionId" = v.id ORDER BY version DESC LIMIT 1
    ) k ON true
    WHERE p."attemptId" = ${attemptId}
    ORDER BY p.position`
  return withTexts(pins)
}

/**
 * @param archived `left-out`: what an attempt that begins now has; `kept`: also archived questions that an attempt has.
 * @returns the latest version of each question of the assignment, in their order, archived ones last.
 */
export async function readLatestQuestions(
  assignmentId: AuthorizedAssignmentId<
    | 'assignment.read'
    | 'assignment.overview'
    | 'evidence.read'
    | 'student.preview'
    | 'regrade.draft'
    | 'appeal.answer'
    | 'question.edit'
    | 'question.read-key'
  >,
  archived: 'left-out' | 'kept' = 'left-out',
): Promise<LatestQuestion[]> {
  const latest = await statements.$queryRaw<Untold<LatestQuestion>[]>`
    SELECT q.id AS "questionId", v.id AS "questionVersionId",
           (row_number() OVER (ORDER BY q."archivedAt" IS NOT NULL, q.position, q.id))::int AS position,
           v."figureRequestId", coalesce(k.points, '{}') AS points, q."archivedAt" IS NOT NULL AS archived,
           CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('poolId', p.id, 'draw', p.draw) END AS pool
    FROM "Question" q
    LEFT JOIN "Pool" p ON p.id = q."poolId"
    CROSS JOIN LATERAL (
      SELECT id, "figureRequestId" FROM "QuestionVersion"
      WHERE "questionId" = q.id ORDER BY version DESC LIMIT 1
    ) v
    LEFT JOIN LATERAL (
      SELECT points FROM "AnswerKey" WHERE "questionVersionId" = v.id ORDER BY version DESC LIMIT 1
    ) k ON true
    WHERE q."assignmentId" = ${assignmentId}
      AND (q."archivedAt" IS NULL OR (${archived === 'kept'} AND EXISTS (
        SELECT FROM "AttemptQuestion" p WHERE p."questionId" = q.id
      )))
    ORDER BY 3`
  return withTexts(latest)
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
    content: withKeyPoints(questionContentSchema.parse(version.content), keyPointsSchema.parse(key.points)),
    key: questionKeySchema.parse(key.secret),
    figureSpec: version.figureSpec === null ? null : figureSpecSchema.parse(version.figureSpec),
    figureRequestId: version.figureRequestId,
    trustRequestId: version.trustRequestId,
  }
}
