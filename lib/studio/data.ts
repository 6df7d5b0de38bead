import type { AssignmentAccess, QuestionAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import { readFigureStates } from '@/lib/figures/data'
import {
  bilingualSchema,
  keyPointsSchema,
  questionContentSchema,
  questionKeySchema,
} from '@/lib/questions/content'
import { withKeyPoints } from '@/lib/questions/effective-points'
import { draftOf } from '@/lib/studio/draft'
import { type Draft, draftSchema, type QuestionHistory, type StoredDraft } from '@/lib/studio/schema'
import type { EditedQuestion, StudioPools, StudioQuestion } from '@/lib/studio/view'
import { readRecipes } from '@/lib/variants/carrying/data'
import type { VariantRecipe } from '@/lib/variants/recipe'
import { partVerdictSchema } from '@/lib/verification/part-verdict'

const latestVersion = {
  orderBy: { version: 'desc' },
  take: 1,
  include: { keys: { orderBy: { version: 'desc' }, take: 1 } },
} as const satisfies Prisma.Question$versionsArgs

type VersionRow = Prisma.QuestionVersionGetPayload<typeof latestVersion>

/** @returns the version with its latest key, as a draft. */
function draftOfVersion({ content, keys: [key], figureSpec }: VersionRow): Draft {
  return draftOf({
    content: withKeyPoints(questionContentSchema.parse(content), keyPointsSchema.parse(key?.points ?? {})),
    key: key ? questionKeySchema.parse(key.secret) : {},
    figureSpec: figureSpec === null ? null : figureSpecSchema.parse(figureSpec),
  })
}

/** @returns the assignment's questions in their order, archived ones too. */
export async function readStudioQuestions({
  assignmentId,
}: AssignmentAccess<'question.edit' | 'question.read-key'>): Promise<StudioQuestion[]> {
  const questions = await staffDatabase.question.findMany({
    where: { assignmentId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    include: { versions: latestVersion, draft: true, _count: { select: { pins: true } } },
  })
  const versions = questions.flatMap(({ versions: [version] }) => version ?? [])
  const [names, verdicts, figures] = await Promise.all([
    readNames(questions.flatMap(({ draft }) => draft?.authorId ?? [])),
    readVerdicts(versions.flatMap(({ keys: [key] }) => key?.id ?? [])),
    readFigureStates(versions.flatMap(({ figureRequestId }) => figureRequestId ?? [])),
  ])
  return questions.map(
    ({ id, slug, archivedAt, poolId, tags, versions: [version], draft: row, _count }): StudioQuestion => {
      const published = version ? draftOfVersion(version) : null
      const draft = row?.draft ? draftSchema.parse(row.draft) : null
      const shown = draft ?? published
      const answerKeyId = version?.keys[0]?.id
      return {
        questionId: id,
        slug,
        label: shown?.label ?? '',
        topic: shown?.topic ?? 'lime',
        prompt: shown?.prompt ?? { zh: '', en: '' },
        points: shown?.parts.reduce((sum, part) => sum + part.points, 0) ?? 0,
        archived: archivedAt !== null,
        poolId,
        tags,
        version: version?.version ?? null,
        draft:
          draft && row
            ? { author: names.get(row.authorId) ?? '', savedAt: row.updatedAt.toISOString() }
            : null,
        verdicts: published?.parts.map((part) => verdicts.get(`${answerKeyId} ${part.id}`) ?? null) ?? [],
        figure: (version?.figureRequestId && figures.get(version.figureRequestId)) || null,
        attempts: _count.pins,
      }
    },
  )
}

export async function readStudioPools({
  assignmentId,
}: AssignmentAccess<'question.edit'>): Promise<StudioPools> {
  const [pools, started] = await Promise.all([
    staffDatabase.pool.findMany({ where: { assignmentId }, orderBy: [{ position: 'asc' }, { id: 'asc' }] }),
    staffDatabase.attempt.findMany({ where: { assignmentId }, distinct: ['userId'], select: { id: true } }),
  ])
  return {
    pools: pools.map(({ id, title, draw }) => ({ poolId: id, title: bilingualSchema.parse(title), draw })),
    started: started.length,
  }
}

/** Everything that the editor of one question starts from. */
export async function readEditedQuestion({
  questionId,
}: QuestionAccess<'question.edit' | 'question.read-key'>): Promise<EditedQuestion> {
  const [question, stored, taken] = await Promise.all([
    staffDatabase.question.findUniqueOrThrow({
      where: { id: questionId },
      include: { versions: latestVersion },
    }),
    readStoredDraft(staffDatabase, questionId),
    staffDatabase.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT named.id #>> '{}' AS id
      FROM "QuestionVersion" v
      CROSS JOIN LATERAL (
        SELECT jsonb_path_query(v.content, '$.parts[*].id')
        UNION ALL SELECT jsonb_path_query(v.content, '$.parts[*].options[*].id')
      ) AS named(id)
      WHERE v."questionId" = ${questionId}`,
  ])
  const [version] = question.versions
  return {
    questionId,
    slug: question.slug,
    tags: question.tags,
    published: version
      ? {
          version: version.version,
          keyVersion: version.keys[0]?.version ?? 1,
          draft: draftOfVersion(version),
          figureRequestId: version.figureRequestId,
        }
      : null,
    stored,
    takenIds: taken.map(({ id }) => id),
  }
}

type Reader = Pick<Prisma.TransactionClient, 'questionDraft' | 'user' | 'question'>

/** @returns what is stored of a question's draft; null: there was never one. For functions that the gate has let through. */
export async function readStoredDraft(reader: Reader, questionId: string): Promise<StoredDraft | null> {
  const row = await reader.questionDraft.findUnique({ where: { questionId } })
  if (!row) return null
  const author = await reader.user.findUnique({ where: { id: row.authorId }, select: { name: true } })
  return {
    revision: row.revision,
    basedOn: row.basedOn,
    author: { userId: row.authorId, name: author?.name ?? '' },
    savedAt: row.updatedAt.toISOString(),
    draft: row.draft === null ? null : draftSchema.parse(row.draft),
  }
}

/** What a copy of a question starts from. */
export interface CopySource {
  readonly draft: Draft
  readonly tags: readonly string[]
  /** The latest version, which the copy names as its origin; null: there is none. */
  readonly versionId: string | null
  readonly version: number
  /** How the variants of that version are made; null: it has none. */
  readonly variants: VariantRecipe | null
}

/** @returns its draft, or else its latest version; null when it has neither. */
export async function readDraftToCopy(reader: Reader, questionId: string): Promise<CopySource | null> {
  const row = await reader.questionDraft.findUnique({ where: { questionId } })
  const published = await readPublishedToCopy(reader, questionId)
  if (!row?.draft) return published
  const origin = published ?? { tags: [], versionId: null, version: 0, variants: null }
  return { ...origin, draft: draftSchema.parse(row.draft) }
}

/** @returns its latest version; null when it has none. */
export async function readPublishedToCopy(reader: Reader, questionId: string): Promise<CopySource | null> {
  const { tags, versions } = await reader.question.findUniqueOrThrow({
    where: { id: questionId },
    include: { versions: latestVersion },
  })
  const [version] = versions
  if (!version) return null
  const variants = (await readRecipes(reader, [questionId])).get(questionId) ?? null
  return { draft: draftOfVersion(version), tags, versionId: version.id, version: version.version, variants }
}

/** @returns a question's versions and the drafts that were set aside, newest first. */
export async function readQuestionHistory({
  questionId,
}: QuestionAccess<'question.edit'>): Promise<QuestionHistory> {
  const [versions, setAside] = await Promise.all([
    staffDatabase.questionVersion.findMany({
      where: { questionId, variant: null },
      orderBy: { version: 'desc' },
      select: {
        version: true,
        origin: true,
        authorId: true,
        createdAt: true,
        _count: { select: { pins: true } },
      },
    }),
    staffDatabase.setAsideDraft.findMany({ where: { questionId }, orderBy: { setAsideAt: 'desc' } }),
  ])
  const names = await readNames([...versions, ...setAside].flatMap(({ authorId }) => authorId ?? []))
  const nameOf = (userId: string | null) => (userId && names.get(userId)) || null
  return {
    versions: versions.map(({ version, origin, authorId, createdAt, _count }) => ({
      version,
      origin,
      author: nameOf(authorId),
      createdAt: createdAt.toISOString(),
      attempts: _count.pins,
    })),
    setAside: setAside.map(({ id, basedOn, authorId, updatedAt, draft }) => ({
      setAsideId: id,
      basedOn,
      author: nameOf(authorId),
      savedAt: updatedAt.toISOString(),
      draft: draftSchema.parse(draft),
    })),
  }
}

/** @returns one version with its latest key, as a draft; null when there is no such version. */
export async function readVersion(
  { questionId }: QuestionAccess<'question.edit'>,
  version: number,
): Promise<Draft | null> {
  const row = await staffDatabase.questionVersion.findUnique({
    where: { questionId_version: { questionId, version } },
    include: latestVersion.include,
  })
  return row && draftOfVersion(row)
}

async function readNames(userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const users = await staffDatabase.user.findMany({
    where: { id: { in: [...new Set(userIds)] } },
    select: { id: true, name: true },
  })
  return new Map(users.map(({ id, name }) => [id, name]))
}

/** @returns by `${answerKeyId} ${partId}`, the latest verdict. */
async function readVerdicts(answerKeyIds: readonly string[]) {
  const rows = await staffDatabase.keyVerdict.findMany({
    where: { answerKeyId: { in: [...answerKeyIds] } },
    orderBy: [{ answerKeyId: 'asc' }, { partId: 'asc' }, { id: 'desc' }],
    distinct: ['answerKeyId', 'partId'],
  })
  return new Map(
    rows.flatMap(({ answerKeyId, partId, result }) => {
      const parsed = partVerdictSchema.safeParse(result)
      return parsed.success ? [[`${answerKeyId} ${partId}`, parsed.data.verdict] as const] : []
    }),
  )
}
