import type { CourseAccess, QuestionAccess } from '@/lib/auth/gate'
import { mayRole, rolesWith } from '@/lib/auth/permissions'
import type { BankQuery } from '@/lib/bank/schema'
import { searchPatterns } from '@/lib/bank/search-words'
import type { BankPage, BankQuestion, BankResults, CopyTarget, Provenance } from '@/lib/bank/view'
import { staffDatabase } from '@/lib/database/staff'
import { statements } from '@/lib/database/statements'
import { bilingualSchema, keyPointsSchema, questionContentSchema } from '@/lib/questions/content'
import { withKeyPoints } from '@/lib/questions/effective-points'
import { VERDICTS, type VerdictName } from '@/lib/verification/part-verdict'

type BankAccess = CourseAccess<'question.bank'>

const linesAPage = 40

interface Row {
  readonly questionId: string
  readonly slug: string
  readonly tags: readonly string[]
  readonly archived: boolean
  readonly version: number
  readonly content: unknown
  readonly points: unknown
  readonly figure: string | null
  readonly verdicts: readonly string[]
  readonly assignmentSlug: string
  readonly assignmentTitle: unknown
  readonly courseSlug: string
  readonly courseTitle: unknown
  readonly copies: number
  readonly mayCopy: boolean
  readonly found: number
}

/**
 * Questions that have been published, of this course and of all that the viewer is an instructor of, in their latest versions.
 * Texts are compared as they are written, which is fast enough for some thousand questions and finds Chinese, whose words no
 * index of PostgreSQL knows.
 */
export async function searchBank(access: BankAccess, query: BankQuery): Promise<BankPage> {
  const patterns = searchPatterns(query.q)
  const { tag = null, topic = null, figure = null, verdict = null, archived = null, course = null } = query
  const known = [...VERDICTS]
  const [rows, scope] = await Promise.all([
    statements.$queryRaw<Row[]>`
      WITH found AS (
        SELECT q.id AS "questionId", q.slug, q.tags, q."archivedAt" IS NOT NULL AS archived, q.position,
               v.id AS "versionId", v.version, v.content, v."figureSpec"->>'layout' AS figure,
               coalesce(k.points, '{}') AS points, coalesce(checked.verdicts, '{}') AS verdicts,
               s.slug AS "assignmentSlug", s.title AS "assignmentTitle", s.position AS place,
               c.slug AS "courseSlug", c.title AS "courseTitle", c.id = ${access.courseId} AS own, taught."courseId" IS NOT NULL AS "mayCopy"
        FROM "Course" c
        LEFT JOIN "Enrollment" taught ON taught."courseId" = c.id AND taught."userId" = ${access.viewer.userId}
          AND taught.role::text = ANY(${rolesWith('question.edit')}::text[])
        JOIN "Assignment" s ON s."courseId" = c.id
        JOIN "Question" q ON q."assignmentId" = s.id
        CROSS JOIN LATERAL (
          SELECT * FROM "QuestionVersion" WHERE "questionId" = q.id ORDER BY version DESC LIMIT 1
        ) v
        LEFT JOIN LATERAL (
          SELECT id, points, secret FROM "AnswerKey" WHERE "questionVersionId" = v.id ORDER BY version DESC LIMIT 1
        ) k ON true
        LEFT JOIN LATERAL (
          SELECT array_agg(latest.verdict ORDER BY latest.verdict) AS verdicts FROM (
            SELECT DISTINCT ON ("partId") result->>'verdict' AS verdict FROM "KeyVerdict"
            WHERE "answerKeyId" = k.id ORDER BY "partId", id DESC
          ) latest
        ) checked ON true
        WHERE (c.id = ${access.courseId} OR taught."courseId" IS NOT NULL)
          AND (${course}::text IS NULL OR c.slug = ${course})
          AND (${tag}::text IS NULL OR ${tag} = ANY(q.tags))
          AND (${topic}::text IS NULL OR v.content->>'topic' = ${topic})
          AND (${figure}::text IS NULL OR coalesce(v."figureSpec"->>'layout', 'none') = ${figure})
          AND (${archived}::text = 'with' OR (q."archivedAt" IS NOT NULL) = (${archived}::text IS NOT NULL))
          AND (${verdict}::text IS NULL OR ${verdict} = ANY(checked.verdicts) OR (
            ${verdict} = 'unchecked'
            AND coalesce(cardinality(checked.verdicts), 0) < jsonb_array_length(v.content->'parts')
          ))
          AND (${patterns}::text[] = '{}' OR (
            SELECT lower(normalize(concat_ws(' ', q.slug, v.content->>'label', array_to_string(q.tags, ' '),
                     string_agg(said #>> '{}', ' ')), NFKC))
            FROM (
              SELECT jsonb_path_query(v.content, '$.**.zh') UNION ALL SELECT jsonb_path_query(v.content, '$.**.en')
              UNION ALL SELECT jsonb_path_query(k.secret, '$.*.explanation.*')
            ) AS texts(said)
          ) LIKE ALL(${patterns}::text[]))
      )
      SELECT found.*, (count(*) OVER ())::int AS found, (
        SELECT count(*)::int FROM "Question" copy JOIN "QuestionVersion" original ON original.id = copy."copiedFromId"
        WHERE original."questionId" = found."questionId"
      ) AS copies
      FROM found
      ORDER BY own DESC, "courseSlug", place, "assignmentSlug", archived, position, "questionId"
      LIMIT ${linesAPage} OFFSET ${(query.page - 1) * linesAPage}`,
    readScope(access),
  ])
  const results = await readResults(rows.map(({ questionId }) => questionId))
  const found = rows[0]?.found ?? 0
  return {
    questions: rows.map((row): BankQuestion => {
      const content = withKeyPoints(
        questionContentSchema.parse(row.content),
        keyPointsSchema.parse(row.points),
      )
      const { label, topic, prompt, parts } = content
      return {
        questionId: row.questionId,
        slug: row.slug,
        label,
        topic,
        prompt,
        tags: row.tags,
        version: row.version,
        parts: parts.length,
        points: parts.reduce((sum, part) => sum + part.points, 0),
        archived: row.archived,
        figure: row.figure,
        verdicts: row.verdicts.filter((name): name is VerdictName => known.some((one) => one === name)),
        assignment: { slug: row.assignmentSlug, title: bilingualSchema.parse(row.assignmentTitle) },
        course: { slug: row.courseSlug, title: bilingualSchema.parse(row.courseTitle) },
        copies: row.copies,
        mayCopy: row.mayCopy,
        results: results.get(row.questionId) ?? null,
      }
    }),
    found,
    pages: Math.max(1, Math.ceil(found / linesAPage)),
    ...scope,
  }
}

/** @returns the courses that may be searched, this one first, and all tags of their questions. */
async function readScope({ courseId, viewer }: BankAccess): Promise<Pick<BankPage, 'tags' | 'courses'>> {
  const taught = { userId: viewer.userId, role: { in: [...rolesWith('question.edit')] } }
  const courses = await staffDatabase.course.findMany({
    where: { OR: [{ id: courseId }, { enrollments: { some: taught } }] },
    orderBy: { slug: 'asc' },
    select: { id: true, slug: true, title: true },
  })
  const tags = await statements.$queryRaw<{ tag: string }[]>`
    SELECT DISTINCT tag FROM "Question" q
    JOIN "Assignment" s ON s.id = q."assignmentId" CROSS JOIN unnest(q.tags) AS tag
    WHERE s."courseId" = ANY(${courses.map(({ id }) => id)}::text[])
    ORDER BY tag`
  return {
    tags: tags.map(({ tag }) => tag),
    courses: courses.map(({ slug, title }) => ({ slug, title: bilingualSchema.parse(title) })),
  }
}

/** @returns assignments that the viewer writes questions of and that are not archived, those of this course first. */
export async function readCopyTargets({ courseId, viewer }: BankAccess): Promise<CopyTarget[]> {
  const taught = { userId: viewer.userId, role: { in: [...rolesWith('question.edit')] } }
  const rows = await staffDatabase.assignment.findMany({
    where: { state: { not: 'ARCHIVED' }, course: { enrollments: { some: taught } } },
    orderBy: [{ course: { slug: 'asc' } }, { position: 'asc' }, { slug: 'asc' }],
    include: { course: true },
  })
  const own = rows.filter((row) => row.courseId === courseId)
  return [...own, ...rows.filter((row) => row.courseId !== courseId)].map(({ id, slug, title, course }) => ({
    assignmentId: id,
    slug,
    title: bilingualSchema.parse(title),
    course: { slug: course.slug, title: bilingualSchema.parse(course.title) },
  }))
}

const fewestStudents = 10

/** @returns by question id, how all who have had it did in it, in whichever version; without those whom few have had. */
async function readResults(questionIds: readonly string[]): Promise<ReadonlyMap<string, BankResults>> {
  const rows = await statements.$queryRaw<(BankResults & { questionId: string })[]>`
    WITH own AS (
      SELECT v."questionId", s."attemptId", sum(s.automatic)::float AS points, sum(s.maximum)::float AS maximum
      FROM "QuestionVersion" v
      JOIN "AnswerKey" k ON k."questionVersionId" = v.id
      JOIN "PartScore" s ON s."answerKeyId" = k.id
      WHERE v."questionId" = ANY(${[...questionIds]}::text[]) AND s.maximum > 0
      GROUP BY 1, 2
    ), totals AS (
      SELECT "attemptId", sum(automatic)::float AS points FROM "PartScore"
      WHERE "attemptId" IN (SELECT "attemptId" FROM own) GROUP BY 1
    )
    SELECT own."questionId", count(*)::int AS students, avg(own.points / own.maximum) AS difficulty,
           corr(own.points, totals.points - own.points) AS discrimination
    FROM own JOIN totals USING ("attemptId")
    GROUP BY 1 HAVING count(*) >= ${fewestStudents}`
  return new Map(rows.map(({ questionId, ...results }) => [questionId, results]))
}

/** @returns what the question was copied from; null: from nothing, or from what is gone. */
export async function readProvenance({
  questionId,
  viewer,
}: QuestionAccess<'question.edit' | 'question.read-key'>): Promise<Provenance | null> {
  const { copiedFromId } = await staffDatabase.question.findUniqueOrThrow({ where: { id: questionId } })
  if (copiedFromId === null) return null
  const source = await staffDatabase.questionVersion.findUnique({
    where: { id: copiedFromId },
    include: {
      question: {
        include: {
          versions: { orderBy: { version: 'desc' }, take: 1 },
          assignment: {
            include: {
              course: { include: { enrollments: { where: { userId: viewer.userId } } } },
            },
          },
        },
      },
    },
  })
  if (!source) return null
  const { assignment, versions, slug } = source.question
  const { course } = assignment
  const role = course.enrollments[0]?.role
  return {
    questionId: source.questionId,
    slug,
    label: questionContentSchema.parse(source.content).label,
    version: source.version,
    latest: versions[0]!.version,
    assignment: { slug: assignment.slug, title: bilingualSchema.parse(assignment.title) },
    course: { slug: course.slug, title: bilingualSchema.parse(course.title) },
    mayRead: role !== undefined && mayRole(role, 'question.edit'),
  }
}
