import type { PictureTitles } from '@/lib/explainers/pictures/picture-name'
import { compareQuantities, type FoundOfModel, isChanged } from '@/lib/model-swaps/comparison'
import type { SwappedPart } from '@/lib/model-swaps/view'
import type { PartKey, QuestionContent, QuestionKey } from '@/lib/questions/content'
import { renderText } from '@/lib/questions/rendered-content'
import { type PartVerdict, partVerdictSchema } from '@/lib/verification/part-verdict'
import { showOutcomes, showVerdict } from '@/lib/verification/verdict-view'

type Verdicts = ReadonlyMap<string, PartVerdict>

/** @param stored of a trial. @returns its verdicts by part id. */
export function judgedBy(stored: unknown): Verdicts {
  return new Map(
    Object.entries(stored as object).map(([partId, verdict]) => [partId, partVerdictSchema.parse(verdict)]),
  )
}

/** Whether a key that stands needs a reason that nobody has recorded with it. */
export function needsReason({ evidence }: PartKey, after: PartVerdict | undefined): boolean {
  return after?.verdict === 'contradicted' && !(evidence?.kind === 'claims' && evidence.accepted)
}

/** @returns each part of a question with what was found of both models. */
export function compareKey(
  { prompt, parts }: QuestionContent,
  key: QuestionKey,
  found: {
    /** By part id. */
    readonly before: Verdicts
    readonly after: Verdicts
    readonly titles: PictureTitles
    readonly triedAt: Date
  },
): SwappedPart[] {
  return parts.map((part) => {
    const partKey = key[part.id]!
    const show = (verdict: PartVerdict | undefined): FoundOfModel | null =>
      verdict
        ? {
            verdict: showVerdict({ verdict, checkedAt: found.triedAt }, partKey, found.titles),
            options: showOutcomes(verdict, partKey, found.titles),
          }
        : null
    const [before, after] = [show(found.before.get(part.id)), show(found.after.get(part.id))]
    return {
      partId: part.id,
      label: part.label,
      prompt: renderText(part.prompt ?? prompt),
      before: before?.verdict ?? null,
      after: after?.verdict ?? null,
      changed: after && isChanged(before, after),
      needsReason: needsReason(partKey, found.after.get(part.id)),
      options: part.options.map(({ id, text }) => ({
        optionId: id,
        text: renderText(text, 'inline'),
        keyed: partKey.correct.includes(id),
        before: before?.options[id] ?? null,
        after: after?.options[id] ?? null,
      })),
      measured: compareQuantities(before?.verdict.measured ?? [], after?.verdict.measured ?? []),
    }
  })
}
