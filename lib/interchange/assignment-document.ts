import { z } from 'zod'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import { bilingualSchema, questionContentSchema, questionKeySchema } from '@/lib/questions/content'
import { findKeyProblems } from '@/lib/questions/key-consistency'
import { findScheduleProblems } from '@/lib/timing/schedule-check'
import { attemptCount, keptAttempt, lateTiersSchema, limitMinutes, releaseChoice } from '@/lib/timing/schema'
import { findRecipeProblems, variantRecipeSchema } from '@/lib/variants/recipe'
import { type LocatedText, type Path, parseJson } from './located-text'
import { findPictureProblems, packagedPictureSchema } from './packaged-pictures'
import { wordSchedule } from './schedule-words'
import { closedObject, refuse, validate } from './validation'

/** Raised when a reader of the old format could misread the new one. */
export const assignmentFormat = 'vitrine-assignment/1'

export const slugSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters, digits and single hyphens')

/** An instant with its offset, `2030-01-31T18:00:00+08:00`; null: never. */
export const instantSchema = z.iso.datetime({ offset: true }).nullable()

/** Course and assignment without the questions. */
export const courseSchema = closedObject({ slug: slugSchema, title: bilingualSchema })

/** What time allows and costs. Left out, as in files of earlier releases: no limit, one attempt, no late credit. */
export const timeRules = {
  lateTiers: lateTiersSchema.default([]),
  timeLimitMinutes: limitMinutes.default(null),
  attemptsAllowed: attemptCount.default(1),
  attemptKeep: keptAttempt.default('HIGHEST'),
  scoreRelease: releaseChoice,
  keyRelease: releaseChoice,
  /** Whether each attempt shows the options in an order of its own. Absent: it does not. */
  shuffleOptions: z.boolean().optional(),
}

export const assignmentSettingsSchema = closedObject({
  slug: slugSchema,
  title: bilingualSchema,
  introduction: bilingualSchema,
  opensAt: instantSchema,
  dueAt: instantSchema,
  closesAt: instantSchema,
  scoreReleaseAt: instantSchema,
  keyReleaseAt: instantSchema,
  /** Left out, as in files of earlier releases: without end. */
  appealsUntil: instantSchema.default(null),
  ...timeRules,
})

/** Words by which staff find a question. */
export const tagsSchema = z.array(z.string().trim().min(1).max(40)).max(20)

/** Questions of which each attempt has some. */
export const poolSchema = closedObject({
  title: bilingualSchema,
  /** How many an attempt has. */
  draw: z.int().min(1),
  /** By their names; each question is in one pool at most. */
  questions: z.array(slugSchema).min(1),
})

/** One question: what students see, what decides its score, and what its figure shows. */
export const assignmentQuestionSchema = closedObject({
  /** Stable name, `q01`. */
  slug: slugSchema,
  content: questionContentSchema,
  /** By part id: correct option ids, rule, explanation. */
  key: questionKeySchema,
  /** null: the question has no figure. */
  figure: figureSpecSchema.nullable(),
  tags: tagsSchema.optional(),
  /** How its variants are made; left out where it has none. */
  variants: variantRecipeSchema.optional(),
})

/**
 * A whole assignment, keys included, as Vitrine exports and imports it. Points are thousandths; the order of the
 * questions is their order in the assignment.
 */
export const assignmentDocumentSchema = closedObject({
  format: z.literal(assignmentFormat),
  course: courseSchema,
  assignment: assignmentSettingsSchema,
  /** Left out: every attempt has all questions. */
  pools: z.array(poolSchema).optional(),
  questions: z.array(assignmentQuestionSchema).min(1),
  /** The course's own pictures that come along in a zip; left out where there are none. */
  pictures: z.array(packagedPictureSchema).min(1).max(200).optional(),
})

export type AssignmentQuestion = z.infer<typeof assignmentQuestionSchema>
export type AssignmentDocument = z.infer<typeof assignmentDocumentSchema>

/** @returns JSON of two-space indent, ending with a newline; `parseAssignmentJson` reads it back unchanged. */
export function formatAssignmentJson(document: AssignmentDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

/**
 * @param source name of the text for messages
 * @throws InterchangeError when the text is not an assignment or its keys do not fit its questions
 */
export function parseAssignmentJson(json: string, source: string): AssignmentDocument {
  const text = parseJson(json, source)
  const document = validate(assignmentDocumentSchema, text.value, text)
  checkSettings(document.assignment, text)
  checkPools(document, text)
  const problems = [
    ...findDocumentProblems(document).map(({ question, message }) => ({
      path: ['questions', question],
      message,
    })),
    ...findVariantProblems(document),
    ...findPictureProblems(document),
  ]
  if (problems.length > 0) refuse(text, problems)
  return document
}

/** @returns what of the variants does not fit their questions. */
export function findVariantProblems({ questions }: AssignmentDocument): { path: Path; message: string }[] {
  return questions.flatMap((question, index) =>
    question.variants
      ? findRecipeProblems(question.variants, question).map(({ path, message }) => ({
          path: ['questions', index, 'variants', ...path],
          message,
        }))
      : [],
  )
}

/** @throws InterchangeError when the assignment's dates, late credit and releases do not fit each other */
export function checkSettings(assignment: AssignmentDocument['assignment'], text: LocatedText): void {
  const instant = (date: string | null) => (date === null ? null : new Date(date))
  const { opensAt, dueAt, closesAt } = assignment
  const times = { opensAt: instant(opensAt), dueAt: instant(dueAt), closesAt: instant(closesAt) }
  const problems = findScheduleProblems(times, assignment)
  if (problems.length > 0)
    refuse(
      text,
      problems.map(({ path, issue }) => ({ path: ['assignment', path], message: wordSchedule(issue) })),
    )
}

/** @throws InterchangeError when a pool names a question that is not there or is in another one, or has too few */
export function checkPools({ pools = [], questions }: AssignmentDocument, text: LocatedText): void {
  const slugs = new Set(questions.map(({ slug }) => slug))
  const taken = new Set<string>()
  const problems = pools.flatMap(({ draw, questions: members }, pool) => [
    ...members.flatMap((slug, index) => {
      const path = ['pools', pool, 'questions', index]
      if (!slugs.has(slug)) return [{ path, message: `there is no question "${slug}"` }]
      if (taken.has(slug)) return [{ path, message: `question "${slug}" is in a pool already` }]
      taken.add(slug)
      return []
    }),
    ...(members.length < draw
      ? [{ path: ['pools', pool, 'draw'], message: `${draw} cannot be drawn of ${members.length}` }]
      : []),
  ])
  if (problems.length > 0) refuse(text, problems)
}

export interface DocumentProblem {
  /** Index of the question. */
  readonly question: number
  readonly partId: string | null
  readonly message: string
}

/** Checks what no single question can see (ids that two questions share), and each key against its question. */
export function findDocumentProblems(document: AssignmentDocument): DocumentProblem[] {
  const problems: DocumentProblem[] = []
  const slugs = new Set<string>()
  const owners = new Map<string, string>()
  document.questions.forEach(({ slug, content, key }, question) => {
    if (slugs.has(slug))
      problems.push({
        question,
        partId: null,
        message: `question "${slug}" is there twice; each needs its own name`,
      })
    slugs.add(slug)
    for (const part of content.parts) {
      const owner = owners.get(part.id)
      if (owner !== undefined && owner !== slug)
        problems.push({
          question,
          partId: part.id,
          message: `part id "${part.id}" belongs to question "${owner}" already; each part needs its own`,
        })
      owners.set(part.id, slug)
    }
    for (const { partId, message } of findKeyProblems(content, key))
      problems.push({ question, partId, message: `${partId}: ${message}` })
  })
  return problems
}
