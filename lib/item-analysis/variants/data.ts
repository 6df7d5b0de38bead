import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { figureSpecSchema, picturesOf } from '@/lib/explainers/figures/spec'
import { nameOfPictures } from '@/lib/explainers/figures/wording'
import type { VariantScores } from '@/lib/item-analysis/view'
import { readPictureTitles } from '@/lib/pictures/data'
import type { Item } from '@/lib/statistics/items'
import { compareVariants, type VariedItem } from '@/lib/statistics/variants'

/** A part, with the column of its points, of the attempts in their order. */
interface AnalysedPart {
  readonly questionId: string
  readonly item: Item
}

/**
 * How hard the variants of questions were, each against the others of its question.
 * @param attemptIds counted, in the order of the columns
 * @returns of each part, its variants with the question itself first; empty for a part that has none
 */
export async function readVariantScores(
  assignmentId: string,
  parts: readonly AnalysedPart[],
  attemptIds: readonly string[],
): Promise<VariantScores[][]> {
  const versions = await staffDatabase.questionVersion.findMany({
    where: { question: { assignmentId }, variant: { isNot: null } },
    orderBy: { version: 'desc' },
    select: { id: true, questionId: true, version: true, figureSpec: true },
  })
  if (versions.length === 0) return parts.map(() => [])
  const questionIds = [...new Set(versions.map(({ questionId }) => questionId))]
  const numbers = new Map(versions.map(({ id, version }) => [id, version]))
  const shown = await readShown(attemptIds, questionIds, numbers)
  const varied = parts.flatMap(({ questionId, item }, index): (VariedItem<number> & { index: number })[] => {
    const variantOf = shown.get(questionId)
    return variantOf ? [{ index, item, variantOf: withoutStrangers(variantOf, item) }] : []
  })
  const ownNumber = 0
  const compared = compareVariants(varied, (at) => {
    const { questionId } = parts[varied[at]!.index]!
    const own = versions.filter((version) => version.questionId === questionId)
    return [ownNumber, ...own.map(({ version }) => version)]
  })
  const pictures = versions.map(({ questionId, version, figureSpec }) => ({
    name: `${questionId} ${version}`,
    ids: figureSpec === null ? [] : picturesOf(figureSpecSchema.parse(figureSpec)),
  }))
  const titles = await readPictureTitles(
    pictures.flatMap(({ ids }) => ids.filter((id) => typeof id === 'string')),
  )
  const called = new Map(
    pictures.map(({ name, ids }) => [
      name,
      nameOfPictures(...ids.map((id) => ({ id, title: typeof id === 'string' ? titles(id) : undefined }))),
    ]),
  )
  const scores: VariantScores[][] = parts.map(() => [])
  for (const [at, { index }] of varied.entries())
    if (compared[at]!.some(({ name }) => name !== ownNumber))
      scores[index] = compared[at]!.map(({ name, ...difficulty }) => ({
        ...difficulty,
        number: name === ownNumber ? null : name,
        pictures: called.get(`${parts[index]!.questionId} ${name}`) ?? null,
      }))
  return scores
}

/** Who did not have the item is of none of its variants. */
function withoutStrangers(variantOf: readonly (number | null)[], { drawn }: Item): (number | null)[] {
  return variantOf.map((variant, row) => (drawn && drawn.by[row] !== 1 ? null : variant))
}

const shownStatement = `
  SELECT p."questionId", p."questionVersionId", string_agg(int4send((a.row - 1)::int), '') AS rows
  FROM unnest($1::text[]) WITH ORDINALITY AS a (id, row)
  JOIN "AttemptQuestion" p ON p."attemptId" = a.id AND p."questionId" = ANY($2::text[])
  GROUP BY p."questionId", p."questionVersionId"`

/** @returns by question, the number of the variant that each attempt shows; 0: the question itself, in any version. */
async function readShown(
  attemptIds: readonly string[],
  questionIds: readonly string[],
  numbers: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, (number | null)[]>> {
  const { rows } = await databasePool().query<{
    questionId: string
    questionVersionId: string
    rows: Buffer
  }>({ name: 'item-analysis-variants', text: shownStatement, values: [attemptIds, questionIds] })
  const shown = new Map<string, (number | null)[]>(questionIds.map((id) => [id, attemptIds.map(() => null)]))
  for (const { questionId, questionVersionId, rows: packed } of rows) {
    const column = shown.get(questionId)!
    for (let at = 0; at < packed.length; at += 4)
      column[packed.readUInt32BE(at)] = numbers.get(questionVersionId) ?? 0
  }
  return shown
}
