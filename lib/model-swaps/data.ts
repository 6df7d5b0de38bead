import { group } from 'd3-array'
import type { AssignmentAccess, SwapAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { type FigureSpec, figureSpecSchema } from '@/lib/explainers/figures/spec'
import { readFigureStates } from '@/lib/figures/data'
import { installedSources } from '@/lib/figures/installed-sources'
import type { FigureSources } from '@/lib/figures/sources'
import { compareKey, judgedBy } from '@/lib/model-swaps/compared-question'
import { isSameKind, type ModelOutline } from '@/lib/model-swaps/obstacles'
import { examineQuestion, readModelOutlines, type UploadedOutline } from '@/lib/model-swaps/service'
import type { OpenDraft, SwapLine, SwapOffer, SwapStatus, SwapView, UsedModel } from '@/lib/model-swaps/view'
import { modelCardSchema } from '@/lib/models/view'
import { readPictureTitles } from '@/lib/pictures/data'
import {
  type KeyPoints,
  keyPointsSchema,
  type QuestionContent,
  type QuestionKey,
  questionContentSchema,
  questionKeySchema,
} from '@/lib/questions/content'
import { uploadedPicturesOfKey } from '@/lib/questions/named-pictures'
import { readLatestVerdict } from '@/lib/verification/data'
import type { KeyCheckState } from '@/lib/verification/view'

type Client = Prisma.TransactionClient

/** A question with a figure, in its latest version with the latest key. */
export interface SwappableQuestion {
  readonly questionId: string
  readonly slug: string
  readonly questionVersionId: string
  readonly version: number
  readonly answerKeyId: string
  readonly content: QuestionContent
  readonly key: QuestionKey
  readonly points: KeyPoints
  readonly figureSpec: FigureSpec
}

/** @returns the assignment's questions that are about a model, in their order, without archived ones. */
export async function readSwappableQuestions(
  client: Client,
  assignmentId: string,
): Promise<SwappableQuestion[]> {
  const questions = await client.question.findMany({
    where: { assignmentId, archivedAt: null },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    include: {
      versions: {
        orderBy: { version: 'desc' },
        take: 1,
        include: { keys: { orderBy: { version: 'desc' }, take: 1 } },
      },
    },
  })
  return questions.flatMap(({ id, slug, versions: [version] }) => {
    const key = version?.keys[0]
    if (!version || !key || version.figureSpec === null) return []
    return {
      questionId: id,
      slug,
      questionVersionId: version.id,
      version: version.version,
      answerKeyId: key.id,
      content: questionContentSchema.parse(version.content),
      key: questionKeySchema.parse(key.secret),
      points: keyPointsSchema.parse(key.points),
      figureSpec: figureSpecSchema.parse(version.figureSpec),
    }
  })
}

/** @returns every model that questions of the course may be about, by name. */
export async function readCourseModels(
  courseId: string,
  sources: FigureSources,
): Promise<ReadonlyMap<string, ModelOutline>> {
  const rows = await staffDatabase.uploadedModel.findMany({
    where: { courseId, status: 'READY' },
    select: { name: true, card: true },
  })
  const uploaded = rows.map(({ name, card }): UploadedOutline => {
    const { kind, obstacles } = modelCardSchema.parse(card)
    return { name, isLanguage: kind === 'language', ungraded: obstacles[0]?.operator ?? null }
  })
  return readModelOutlines(uploaded, sources)
}

/** @returns the models that questions of the assignment are about, those of most questions first, and what can be tried. */
export async function readUsedModels(
  { assignmentId, courseId }: AssignmentAccess<'question.edit'>,
  sources: FigureSources = installedSources(),
): Promise<UsedModel[]> {
  const [questions, models] = await Promise.all([
    readSwappableQuestions(staffDatabase, assignmentId),
    readCourseModels(courseId, sources),
  ])
  const byModel = group(questions, ({ figureSpec }) => figureSpec.model)
  return [...byModel]
    .map(([name, about]) => {
      const own = models.get(name)
      const others = [...models.values()].filter((other) => other.name !== name)
      return {
        name,
        questions: about.map(({ content }) => content.label),
        // Of a model that is gone nobody knows the kind.
        candidates: others.filter((other) => !own || isSameKind(own, other)).map((other) => other.name),
      }
    })
    .sort((one, other) => other.questions.length - one.questions.length)
}

/** @returns the questions that are about a model, with what keeps another one from taking its place; null: there is none of that name. */
export async function readSwapOffers(
  { assignmentId, courseId }: AssignmentAccess<'question.edit'>,
  { from, to }: { readonly from: string; readonly to: string },
  sources: FigureSources = installedSources(),
): Promise<SwapOffer[] | null> {
  const [all, models] = await Promise.all([
    readSwappableQuestions(staffDatabase, assignmentId),
    readCourseModels(courseId, sources),
  ])
  const other = models.get(to)
  if (!other) return null
  const questions = all.filter(({ figureSpec }) => figureSpec.model === from)
  const drafts = await readOpenDrafts(questions.map(({ questionId }) => questionId))
  return Promise.all(
    questions.map(async (question): Promise<SwapOffer> => {
      const { questionId, slug, content } = question
      return {
        questionId,
        slug,
        label: content.label,
        prompt: content.prompt,
        obstacles: await examineQuestion(question, models.get(from) ?? null, other, sources),
        draft: drafts.get(questionId) ?? null,
      }
    }),
  )
}

async function readOpenDrafts(questionIds: readonly string[]): Promise<ReadonlyMap<string, OpenDraft>> {
  const rows = await staffDatabase.$queryRaw<{ questionId: string; author: string; savedAt: Date }[]>`
    SELECT d."questionId", coalesce(u.name, '') AS author, d."updatedAt" AS "savedAt"
    FROM "QuestionDraft" d LEFT JOIN "User" u ON u.id = d."authorId"
    WHERE d."questionId" = ANY(${[...questionIds]}::text[]) AND d.draft IS NOT NULL`
  return new Map(
    rows.map(({ questionId, author, savedAt }) => [questionId, { author, savedAt: savedAt.toISOString() }]),
  )
}

const lineParts = { _count: { select: { questions: true } } } as const satisfies Prisma.ModelSwapInclude
type LineRow = Prisma.ModelSwapGetPayload<{ include: typeof lineParts }>

/** All swaps of an assignment, the latest first. */
export async function readSwaps({
  assignmentId,
}: AssignmentAccess<'question.read-key'>): Promise<SwapLine[]> {
  const rows = await staffDatabase.modelSwap.findMany({
    where: { assignmentId },
    orderBy: { number: 'desc' },
    include: lineParts,
  })
  const names = await readNames(rows)
  return rows.map((row) => lineOf(row, names))
}

async function readNames(rows: readonly LineRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.flatMap(({ authorId, appliedById }) => [authorId, ...(appliedById ? [appliedById] : [])])
  const people = await staffDatabase.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [id, name]))
}

function lineOf(row: LineRow, names: ReadonlyMap<string, string>): SwapLine {
  return {
    swapId: row.id,
    number: row.number,
    status: row.status.toLowerCase() as SwapStatus,
    from: row.fromModel,
    to: row.toModel,
    author: names.get(row.authorId) ?? '',
    createdAt: row.createdAt.toISOString(),
    appliedAt: row.appliedAt?.toISOString() ?? null,
    appliedBy: (row.appliedById && names.get(row.appliedById)) || null,
    questions: row._count.questions,
  }
}

/** A swap with what it changes, as far as it is computed. */
export async function readSwap({ swapId, assignmentId }: SwapAccess<'question.read-key'>): Promise<SwapView> {
  const row = await staffDatabase.modelSwap.findUniqueOrThrow({
    where: { id: swapId },
    include: { ...lineParts, trial: true, questions: { include: { question: true } } },
  })
  const latest = new Map(
    (await readSwappableQuestions(staffDatabase, assignmentId)).map((found) => [found.questionId, found]),
  )
  const versions = await staffDatabase.questionVersion.findMany({
    where: { id: { in: row.questions.map(({ questionVersionId }) => questionVersionId) } },
    include: { keys: { where: { id: { in: row.questions.map(({ answerKeyId }) => answerKeyId) } } } },
  })
  const startOf = new Map(versions.map((version) => [version.questionId, version]))
  const keys = new Map(
    versions.map(({ questionId, keys: [key] }) => [questionId, questionKeySchema.parse(key!.secret)]),
  )
  const [names, drafts, figures, titles] = await Promise.all([
    readNames([row]),
    readOpenDrafts(row.questions.map(({ questionId }) => questionId)),
    readFigureStates([
      ...row.questions.map(({ figureRequestId }) => figureRequestId),
      ...versions.flatMap(({ figureRequestId }) => figureRequestId ?? []),
    ]),
    readPictureTitles([...keys.values()].flatMap(uploadedPicturesOfKey)),
  ])
  const after = judgedBy(row.trial?.verdicts ?? {})
  const compared = await Promise.all(
    row.questions
      .toSorted((one, other) => one.question.position - other.question.position)
      .map(async ({ questionId, question, answerKeyId, figureRequestId, appliedVersion }) => {
        const start = startOf.get(questionId)!
        const content = questionContentSchema.parse(start.content)
        const key = keys.get(questionId)!
        const now = latest.get(questionId)
        const before = await readVerdicts(answerKeyId, Object.keys(key))
        return {
          questionId,
          slug: question.slug,
          label: content.label,
          version: start.version,
          appliedVersion,
          outdated:
            appliedVersion === null &&
            (now?.questionVersionId !== start.id || now.answerKeyId !== answerKeyId),
          draft: drafts.get(questionId) ?? null,
          figureBefore: (start.figureRequestId && figures.get(start.figureRequestId)) || null,
          figureAfter: figures.get(figureRequestId) ?? null,
          parts: compareKey(content, key, { before, after, titles, triedAt: row.createdAt }),
        }
      }),
  )
  const states = compared.map(({ figureAfter }) => figureAfter?.status)
  const count = (wanted: string) => states.filter((status) => status === wanted).length
  return {
    ...lineOf(row, names),
    keyReason: row.keyReason,
    keys: {
      status: (row.trial?.status.toLowerCase() ?? 'failed') as KeyCheckState['status'],
      done: row.trial?.done ?? 0,
      total: row.trial?.total ?? 0,
    },
    figures: { ready: count('ready'), failed: count('failed'), total: states.length },
    compared,
  }
}

async function readVerdicts(answerKeyId: string, partIds: readonly string[]) {
  const found = await Promise.all(
    partIds.map(async (partId) => [partId, await readLatestVerdict(answerKeyId, partId)] as const),
  )
  return new Map(found.flatMap(([partId, verdict]) => (verdict ? [[partId, verdict] as const] : [])))
}
