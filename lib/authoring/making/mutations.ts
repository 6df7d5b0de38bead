import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import { type AuthorizedCourseId, authorizeAssignment, type CourseAccess } from '@/lib/auth/gate'
import { documentOf } from '@/lib/authoring/data'
import type { NewAssignment } from '@/lib/authoring/schema'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { readForeignNames } from '@/lib/figures/data'
import { requestFigures } from '@/lib/figures/mutations'
import { type AssignmentDocument, parseAssignmentJson } from '@/lib/interchange/assignment-document'
import { parseAssignmentFile } from '@/lib/interchange/assignment-file'
import { InterchangeError } from '@/lib/interchange/errors'
import { wordPath } from '@/lib/interchange/located-text'
import { unknownPictures } from '@/lib/interchange/packaged-pictures'
import { bringMaterial } from '@/lib/material/mutations'
import { materialOf, renameMaterial } from '@/lib/material/renaming'
import { lookAtPictures } from '@/lib/pictures/mutations'
import { writePools } from '@/lib/pools/mutations'
import { addVersions } from '@/lib/questions/mutations'
import { adoptRecipe, ensureVariants } from '@/lib/variants/carrying/mutations'
import { ensureKeyChecks } from '@/lib/verification/mutations'

/** A copy of a course may have thousands of questions. */
export const patient = { timeout: 60_000, maxWait: 10_000 }

/**
 * Makes an assignment at the end of the course's: a draft, which no student sees. A copy of another course's brings along what
 * its questions show.
 * @throws Problem `name-taken`, `assignment-file-refused`; `not-found`, `forbidden` for the assignment to copy; `picture-differs`,
 * `model-not-read` and `model-limit` for what it shows.
 */
export async function createAssignment(
  access: CourseAccess<'assignment.create'>,
  input: NewAssignment,
): Promise<{ readonly slug: string }> {
  if (input.from !== 'copy')
    return addDocument(access, await documentFrom(access, input), { from: input.from })
  const { assignmentId, courseId } = await authorizeAssignment(
    access.viewer,
    { assignmentId: input.assignmentId },
    'assignment.settings',
  )
  const { assignment, ...rest } = await documentOf(staffDatabase, assignmentId)
  return addDocument(
    access,
    { ...rest, assignment: { ...assignment, slug: input.slug } },
    { from: `assignment:${assignmentId}`, copyOf: { assignmentId, courseId } },
  )
}

/** Where a document comes from. */
interface DocumentOrigin {
  /** For the history. */
  readonly from: string
  /** The assignment that it is of, whose material comes along and which its questions name as their origin. */
  readonly copyOf?: { readonly assignmentId: string; readonly courseId: string }
}

/**
 * Makes an assignment of a document, under its own name. But for a copy, its pictures and models are the course's.
 * @throws Problem `name-taken`; for a copy see `bringMaterial`
 */
export async function addDocument(
  { courseId, viewer }: CourseAccess<'assignment.create'>,
  document: NewDocument,
  { from, copyOf }: DocumentOrigin,
): Promise<{ readonly slug: string }> {
  const { slug } = document.assignment
  const pictures = await staffDatabase.$transaction(async (transaction) => {
    const into = { courseId, viewer }
    const brought = await bringMaterial(
      transaction,
      into,
      copyOf ? [copyOf.courseId] : [],
      document.questions,
    )
    await transaction.$queryRaw`SELECT id FROM "Course" WHERE id = ${courseId} FOR UPDATE`
    await refuseTaken(transaction, courseId, slug)
    const last = await transaction.assignment.aggregate({ where: { courseId }, _max: { position: true } })
    const place = {
      courseId,
      position: (last._max.position ?? -1) + 1,
      authorId: viewer.userId,
      copyOf: copyOf?.assignmentId ?? null,
    }
    const questions = document.questions.map((question) => renameMaterial(question, brought.names))
    const assignmentId = await insertAssignment(transaction, place, { ...document, questions })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'assignment.create',
      subject: `assignment:${assignmentId}`,
      after: { slug, from, questions: questions.length },
    })
    return brought.pictures
  }, patient)
  await lookAtPictures(courseId, pictures)
  await prepareQuestions(courseId)
  return { slug }
}

export type NewDocument = Pick<AssignmentDocument, 'assignment' | 'pools' | 'questions'>

async function documentFrom(
  { courseId }: CourseAccess<'assignment.create'>,
  input: Exclude<NewAssignment, { from: 'copy' }>,
): Promise<NewDocument> {
  const { slug } = input
  if (input.from === 'empty') {
    const { title, introduction } = input
    return { assignment: { ...unlimited, slug, title, introduction }, questions: [] }
  }
  const { assignment, pictures: _, ...rest } = await readFile(courseId, input.text, input.name)
  return { ...rest, assignment: { ...assignment, slug } }
}

/** As an assignment is before anybody has set dates. */
const unlimited = {
  opensAt: null,
  dueAt: null,
  closesAt: null,
  lateTiers: [],
  timeLimitMinutes: null,
  attemptsAllowed: 1,
  attemptKeep: 'HIGHEST',
  scoreRelease: 'ON_SUBMIT',
  scoreReleaseAt: null,
  keyRelease: 'ON_SUBMIT',
  keyReleaseAt: null,
  appealsUntil: null,
} as const satisfies Omit<AssignmentDocument['assignment'], 'slug' | 'title' | 'introduction'>

/** A file by itself brings no pictures along: those that it names are the course's already. */
async function readFile(
  courseId: AuthorizedCourseId<'assignment.create'>,
  text: string,
  name: string,
): Promise<AssignmentDocument> {
  try {
    const isJson = /^\s*\{/.test(text)
    const document = isJson ? parseAssignmentJson(text, name) : parseAssignmentFile(text, name)
    const { pictures } = materialOf(document.questions)
    const rows = await staffDatabase.picture.findMany({
      where: { courseId, id: { in: [...pictures] } },
      select: { id: true },
    })
    await refuseForeign(courseId, document.questions, new Set(rows.map(({ id }) => id)), name)
    return document
  } catch (error) {
    throw refusedFile(error)
  }
}

/**
 * @param known names of the pictures that questions may show
 * @param source for messages
 * @throws InterchangeError for questions that show other pictures, or a model that another course has uploaded
 */
export async function refuseForeign(
  courseId: AuthorizedCourseId<'assignment.create'>,
  questions: NewDocument['questions'],
  known: ReadonlySet<string>,
  source: string,
): Promise<void> {
  const { models } = materialOf(questions)
  const foreign = await readForeignNames(courseId, { pictures: [], models })
  const problems = [
    ...unknownPictures(questions, known),
    ...questions.flatMap(({ figure }, question) =>
      figure && foreign.includes(figure.model)
        ? [
            {
              path: ['questions', question, 'figure', 'model'],
              message:
                `"${figure.model}" is another course’s model: ` +
                'copy the assignment from there, which brings it along, or upload the model here under another name',
            },
          ]
        : [],
    ),
  ]
  const [first, ...others] = problems.map(({ path, message }) => ({
    path: wordPath(path),
    line: null,
    message,
  }))
  if (first) throw new InterchangeError(source, [first, ...others])
}

/** @returns the problem that says what is wrong with a file, line by line; what is no mistake of the file's as it is. */
export function refusedFile(error: unknown): unknown {
  if (!(error instanceof InterchangeError)) return error
  const lines = error.problems.map(({ line, path, message }) => ({ line, path, message }))
  return new Problem('assignment-file-refused', error.message, { facts: { lines }, cause: error })
}

/** @throws Problem `name-taken` */
export async function requireFreeName(
  { courseId }: CourseAccess<'assignment.create'>,
  slug: string,
): Promise<void> {
  await refuseTaken(staffDatabase, courseId, slug)
}

/** @returns the id of the new assignment, a draft. */
export async function insertAssignment(
  transaction: Prisma.TransactionClient,
  place: {
    readonly courseId: string
    readonly position: number
    readonly authorId: string
    /** The assignment that `document` is of; null: it is no copy. */
    readonly copyOf: string | null
  },
  { assignment, pools = [], questions }: NewDocument,
): Promise<string> {
  const { courseId, position, authorId, copyOf } = place
  const lateTiers = assignment.lateTiers.map((tier) => ({ ...tier }))
  const { id: assignmentId } = await transaction.assignment.create({
    data: { ...assignment, lateTiers, courseId, position, state: 'DRAFT' },
  })
  const rows = await transaction.question.createManyAndReturn({
    data: questions.map(({ slug, tags = [] }, index) => ({ assignmentId, slug, tags, position: index + 1 })),
    select: { id: true, slug: true },
  })
  if (copyOf !== null) await nameOrigins(transaction, assignmentId, copyOf)
  const idOf = new Map(rows.map(({ id, slug }) => [slug, id]))
  await writePools(
    transaction,
    assignmentId,
    pools.map((pool) => ({ ...pool, questionIds: pool.questions.map((slug) => idOf.get(slug)!) })),
  )
  const versions = questions.map(({ slug, content, key, figure }) => ({
    questionId: idOf.get(slug)!,
    number: 1,
    origin: 'INSTRUCTOR' as const,
    authorId,
    content,
    key,
    figureSpec: figure,
  }))
  const versionIds = await addVersions(transaction, versions)
  for (const [place, { variants }] of questions.entries()) {
    const version = versions[place]!
    const base = { questionId: version.questionId, questionVersionId: versionIds[place]!, version, authorId }
    if (variants) await adoptRecipe(transaction, base, variants)
  }
  return assignmentId
}

/** Lets the questions of a copied assignment know the versions that they are copies of. */
async function nameOrigins(
  transaction: Prisma.TransactionClient,
  assignmentId: string,
  copyOf: string,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE "Question" copy SET "copiedFromId" = (
      SELECT v.id FROM "QuestionVersion" v WHERE v."questionId" = original.id ORDER BY v.version DESC LIMIT 1
    )
    FROM "Question" original
    WHERE copy."assignmentId" = ${assignmentId} AND original."assignmentId" = ${copyOf}
      AND original.slug = copy.slug`
}

/** New questions need their figures, their variants and the checks of their keys; what is known of the same ones is found again. */
export async function prepareQuestions(courseId: string): Promise<void> {
  await requestFigures({ assignment: { courseId } })
  await ensureKeyChecks()
  await ensureVariants()
}

export async function refuseTaken(
  transaction: Pick<Prisma.TransactionClient, 'assignment'>,
  courseId: string,
  slug: string,
): Promise<void> {
  const taken = await transaction.assignment.findUnique({ where: { courseId_slug: { courseId, slug } } })
  if (taken) throw new Problem('name-taken', `assignment ${slug} in course ${courseId}`)
}
