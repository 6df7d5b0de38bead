import type { QuestionAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { readFigureStates } from '@/lib/figures/data'
import type { VersionContent } from '@/lib/questions/mutations'
import { draftOf } from '@/lib/studio/draft'
import { readMeasurablePictures } from '@/lib/studio/service'
import {
  contentOf,
  readVariantBase,
  textsOfBase,
  type VariantBase,
  withLatestKey,
} from '@/lib/variants/base/data'
import { substituteKey } from '@/lib/variants/making'
import { type KnownPictures, namesOf, substituted } from '@/lib/variants/names'
import { recomputedPartsSchema, substitutionSchema } from '@/lib/variants/schema'
import { findLeftovers, type Names, placeholdersOf, type VariantTexts } from '@/lib/variants/texts'
import { type VariedPicture, varietyOf } from '@/lib/variants/variety'
import type { VariantLine, VariantsView } from '@/lib/variants/view'
import { describeMissing, explainVerdict } from '@/lib/verification/wording'

/** @returns the pictures that the course can use, by name. */
export async function readKnownPictures(
  courseId: QuestionAccess<'question.edit'>['courseId'],
): Promise<KnownPictures> {
  const pictures = await readMeasurablePictures(courseId)
  return new Map(pictures.map((picture) => [picture.name, picture]))
}

const everything = {
  version: { include: { ...withLatestKey, _count: { select: { pins: true } } } },
  base: { include: withLatestKey },
} as const satisfies Prisma.QuestionVariantInclude

type VariantRow = Prisma.QuestionVariantGetPayload<{ include: typeof everything }>

/** Everything that the page of a question's variants shows; null: the question was never published. */
export async function readVariants({
  questionId,
  courseId,
}: QuestionAccess<'question.edit'>): Promise<VariantsView | null> {
  const [base, question, rows, known] = await Promise.all([
    readVariantBase(staffDatabase, questionId),
    staffDatabase.question.findUniqueOrThrow({
      where: { id: questionId },
      select: { dealVariants: true },
    }),
    staffDatabase.questionVariant.findMany({
      where: { base: { questionId } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      include: everything,
    }),
    readKnownPictures(courseId),
  ])
  if (!base) return null
  const figures = await readFigureStates(rows.flatMap(({ version }) => version?.figureRequestId ?? []))
  const { variety } = base
  const own = variety.kind === 'varied' ? namesOf(variety.pictures, known) : null
  return {
    questionId,
    version: base.version,
    variety,
    labels: Object.fromEntries(base.content.parts.map(({ id, label }) => [id, label])),
    texts: own && textsOfBase(base, own),
    textsFrom: base.textsFrom,
    placeholders: own ? placeholderNames(own) : [],
    dealing: question.dealVariants,
    variants: rows.map((row) => lineOf(row, base, known, figures)),
  }
}

function placeholderNames(own: Names): VariantsView['placeholders'] {
  const names = [...own.pictures.map(({ name }) => name), ...own.regions]
  return placeholdersOf(own).map((placeholder, index) => ({ placeholder, name: names[index]! }))
}

function lineOf(
  row: VariantRow,
  { questionVersionId }: VariantBase,
  known: KnownPictures,
  figures: Awaited<ReturnType<typeof readFigureStates>>,
): VariantLine {
  const substitution = substitutionSchema.parse(row.substitution)
  const base = contentOf(row.base)
  const variety = varietyOf(base.content, base.key, base.figureSpec)
  const pictures = variety.kind === 'varied' ? variety.pictures : []
  return {
    variantId: row.id,
    number: row.version?.version ?? null,
    stale: row.baseId !== questionVersionId,
    state: row.status.toLowerCase() as VariantLine['state'],
    done: row.done,
    total: row.total,
    substitution,
    parts: partsOf(row, base, pictures, known),
    made: row.version && madeOf(row.version, substitution, pictures, known, figures),
    dealt: row.dealt,
  }
}

function partsOf(
  row: VariantRow,
  base: VersionContent,
  pictures: readonly VariedPicture[],
  known: KnownPictures,
): VariantLine['parts'] {
  const measured = recomputedPartsSchema.safeParse(row.outcome)
  // Written by another release of Vitrine: it can be made again.
  if (!measured.success) return []
  const substitution = substitutionSchema.parse(row.substitution)
  const key = substituteKey(base.key, substitution, known)
  const titles = (id: string) => known.get(id)?.title
  return measured.data.flatMap(({ partId, correct, verdict, refusal }) => {
    const part = base.content.parts.find(({ id }) => id === partId)
    const partKey = key[partId]
    if (!part || !partKey || pictures.length === 0) return []
    const why = explainVerdict(partKey, verdict, titles)
    return [
      {
        partId,
        label: part.label,
        verdict: verdict.verdict,
        margin: verdict.margin,
        stability: verdict.stability,
        refusal,
        missing: describeMissing(verdict)?.message ?? null,
        options: part.options.map(({ id }) => ({
          optionId: id,
          keyed: correct.includes(id),
          holds: verdict.outcomes[id]?.holds ?? null,
          why: why[id] ?? null,
        })),
      },
    ]
  })
}

function madeOf(
  version: NonNullable<VariantRow['version']>,
  substitution: VariantLine['substitution'],
  pictures: readonly VariedPicture[],
  known: KnownPictures,
  figures: Awaited<ReturnType<typeof readFigureStates>>,
): NonNullable<VariantLine['made']> {
  const content = contentOf(version)
  const texts: VariantTexts = {
    prompt: content.content.prompt,
    parts: Object.fromEntries(
      content.content.parts.map((part) => [
        part.id,
        {
          ...(part.prompt && { prompt: part.prompt }),
          options: Object.fromEntries(part.options.map(({ id, text }) => [id, text])),
          explanation: content.key[part.id]!.explanation,
        },
      ]),
    ),
  }
  const own = namesOf(pictures, known)
  const shown = namesOf(substituted(pictures, substitution), known)
  return {
    draft: draftOf(content),
    figureRequestId: version.figureRequestId,
    figure: (version.figureRequestId && figures.get(version.figureRequestId)) || null,
    leftovers: findLeftovers(texts, own, shown),
    attempts: version._count.pins,
  }
}

/** For the worker: whether somebody still wants the variant. */
export async function isVariantWanted(variantId: string): Promise<boolean> {
  return (await staffDatabase.questionVariant.count({ where: { id: variantId } })) > 0
}

/** A key of a variant, to be checked again when models or pictures have changed. */
export interface VariantKey {
  readonly variantId: string
  readonly answerKeyId: string
  readonly content: VersionContent['content']
  readonly key: VersionContent['key']
  readonly figureModel: string | null
}

/** For the worker: the latest keys of the assignment's variants that can be dealt or that attempts pin. */
export async function readVariantKeys(assignmentId: string): Promise<VariantKey[]> {
  const rows = await staffDatabase.questionVariant.findMany({
    where: {
      base: { question: { assignmentId, archivedAt: null } },
      version: { isNot: null },
      OR: [{ dealt: true }, { version: { pins: { some: {} } } }],
    },
    orderBy: { id: 'asc' },
    include: { version: { include: withLatestKey } },
  })
  return rows.flatMap(({ id, version }) => {
    const answerKeyId = version?.keys[0]?.id
    if (!version || !answerKeyId) return []
    const { content, key, figureSpec } = contentOf(version)
    return [{ variantId: id, answerKeyId, content, key, figureModel: figureSpec?.model ?? null }]
  })
}
