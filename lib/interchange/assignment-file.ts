import { z } from 'zod'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import {
  bilingualSchema,
  type PartKey,
  partEvidenceSchema,
  type QuestionPart,
  type Rule,
  ruleSchema,
  type Selection,
  topicSchema,
} from '@/lib/questions/content'
import { variantRecipeSchema } from '@/lib/variants/recipe'
import {
  type AssignmentDocument,
  type AssignmentQuestion,
  assignmentFormat,
  checkPools,
  checkSettings,
  courseSchema,
  findDocumentProblems,
  findVariantProblems,
  instantSchema,
  poolSchema,
  slugSchema,
  tagsSchema,
  timeRules,
} from './assignment-document'
import { type LocatedText, type Path, parseYaml } from './located-text'
import { findPictureProblems, packagedPictureSchema } from './packaged-pictures'
import { closedObject, refuse, validate } from './validation'

/**
 * The form in which people write an assignment: YAML with the key as `correct: true` on its options, one-part
 * questions without a list of parts, and labels and dates left out where they follow or are not set.
 */

const optionSchema = closedObject({
  id: slugSchema,
  correct: z.literal(true, { error: 'expected true, or leave it out' }).optional(),
  /** Thousandths of the part's points; for the rule `weighted` only. */
  weight: z.int().min(-1000).max(1000).optional(),
  /** Keeps its place where options are shuffled. */
  pinned: z.literal(true, { error: 'expected true, or leave it out' }).optional(),
  zh: bilingualSchema.shape.zh,
  en: bilingualSchema.shape.en,
})

const ruleNames = ruleSchema.options.map((option) => option.shape.name.value)

const answerable = {
  choose: z.union([z.enum(['one', 'any']), z.int().min(2)], {
    error: 'expected "one", "any", or the number of options to choose, at least 2',
  }),
  points: z.int().positive(),
  rule: z.enum(ruleNames).default('exact'),
  options: z.array(optionSchema).min(2),
  explanation: bilingualSchema,
  evidence: partEvidenceSchema.optional(),
}

const question = {
  id: slugSchema,
  topic: topicSchema,
  prompt: bilingualSchema,
  figure: figureSpecSchema.nullable(),
  tags: tagsSchema.optional(),
  variants: variantRecipeSchema.optional(),
}

const partFileSchema = closedObject({ id: slugSchema, prompt: bilingualSchema, ...answerable })
const onePartSchema = closedObject({ ...question, ...answerable })
const severalPartsSchema = closedObject({ ...question, parts: z.array(partFileSchema).min(2) })

const settingsSchema = closedObject({
  slug: slugSchema,
  title: bilingualSchema,
  introduction: bilingualSchema,
  opensAt: instantSchema.default(null),
  dueAt: instantSchema.default(null),
  closesAt: instantSchema.default(null),
  scoreReleaseAt: instantSchema.default(null),
  keyReleaseAt: instantSchema.default(null),
  appealsUntil: instantSchema.default(null),
  ...timeRules,
})

const fileSchema = closedObject({
  course: courseSchema,
  assignment: settingsSchema,
  pools: z.array(poolSchema).optional(),
  questions: z.array(z.unknown()).min(1),
  pictures: z.array(packagedPictureSchema).min(1).max(200).optional(),
})

type PartFile = Omit<z.infer<typeof partFileSchema>, 'prompt'> &
  Partial<Pick<z.infer<typeof partFileSchema>, 'prompt'>>

/**
 * Reads an assignment that a person wrote.
 * @param source name of the text for messages
 * @throws InterchangeError with line, path, what is wrong and what is allowed
 */
export function parseAssignmentFile(yaml: string, source: string): AssignmentDocument {
  const text = parseYaml(yaml, source)
  const file = validate(fileSchema, text.value, text)
  const document: AssignmentDocument = {
    format: assignmentFormat,
    course: file.course,
    assignment: file.assignment,
    ...(file.pools && { pools: file.pools }),
    questions: file.questions.map((entry, index) => readQuestion(entry, index, text)),
    ...(file.pictures && { pictures: file.pictures }),
  }
  checkSettings(document.assignment, text)
  checkPools(document, text)
  const problems = [
    ...findDocumentProblems(document).map(({ question, partId, message }) => ({
      path: pathOf(document, question, partId),
      message,
    })),
    ...findVariantProblems(document),
    ...findPictureProblems(document),
  ]
  if (problems.length > 0) refuse(text, problems)
  return document
}

function readQuestion(entry: unknown, index: number, text: LocatedText): AssignmentQuestion {
  const path = ['questions', index]
  const label = String(index + 1)
  if (typeof entry === 'object' && entry !== null && 'parts' in entry) {
    const { id, topic, prompt, figure, tags, variants, parts } = validate(
      severalPartsSchema,
      entry,
      text,
      path,
    )
    return {
      slug: id,
      content: { label, topic, prompt, parts: parts.map((part, at) => readPart(part, `${label}.${at + 1}`)) },
      key: Object.fromEntries(
        parts.map((part, at) => [part.id, readKey(part, text, [...path, 'parts', at])]),
      ),
      figure,
      ...(tags && { tags }),
      ...(variants && { variants }),
    }
  }
  const { topic, prompt, figure, tags, variants, ...part } = validate(onePartSchema, entry, text, path)
  return {
    slug: part.id,
    content: { label, topic, prompt, parts: [readPart(part, label)] },
    key: { [part.id]: readKey(part, text, path) },
    figure,
    ...(tags && { tags }),
    ...(variants && { variants }),
  }
}

function readPart(part: PartFile, label: string): QuestionPart {
  return {
    id: part.id,
    label,
    ...(part.prompt === undefined ? {} : { prompt: part.prompt }),
    selection: readSelection(part.choose),
    points: part.points,
    options: part.options.map(({ id, zh, en, pinned }) => ({
      id,
      text: { zh, en },
      ...(pinned && { pinned }),
    })),
  }
}

function readSelection(choose: PartFile['choose']): Selection {
  return typeof choose === 'number' ? { kind: 'count', count: choose } : { kind: choose }
}

function readKey(part: PartFile, text: LocatedText, path: Path): PartKey {
  const correct = part.options.filter((option) => option.correct).map((option) => option.id)
  if (correct.length === 0)
    refuse(text, [
      { path: [...path, 'options'], message: 'no option is marked "correct: true"; mark at least one' },
    ])
  const { explanation, evidence } = part
  return { correct, rule: readRule(part, text, path), explanation, ...(evidence && { evidence }) }
}

function readRule(part: PartFile, text: LocatedText, path: Path): Rule {
  const weights = part.options.flatMap(({ id, weight }) =>
    weight === undefined ? [] : [[id, weight] as const],
  )
  if (part.rule === 'weighted') return { name: 'weighted', fractions: Object.fromEntries(weights) }
  if (weights.length > 0)
    refuse(text, [
      {
        path: [...path, 'options'],
        message: `weights stand only with "rule: weighted"; this rule is ${part.rule}`,
      },
    ])
  return { name: part.rule }
}

function pathOf(document: AssignmentDocument, question: number, partId: string | null): Path {
  const parts = document.questions[question]?.content.parts ?? []
  const at = parts.findIndex((part) => part.id === partId)
  return parts.length > 1 && at >= 0 ? ['questions', question, 'parts', at] : ['questions', question]
}
