import { type Adjustment, adjustedPoints } from '@/lib/scoring/adjustment'
import type { PaperScore } from '@/lib/scoring/paper-score'

/** A part's score as stored, with the key version and the rule that it came from. */
export interface PartScoreRow {
  readonly attemptId: string
  readonly partId: string
  readonly answerKeyId: string
  readonly rule: string
  /** What key and rule give, thousandths of a point. */
  readonly automatic: number
  /** What counts: the same, unless it was adjusted by hand. */
  readonly points: number
  /** Thousandths of a point. */
  readonly maximum: number
}

/**
 * @param questions the paper's questions, in the order in which `paper` was scored
 * @param adjustments by part id
 */
export function partScoreRows(
  attemptId: string,
  questions: readonly { readonly answerKeyId: string }[],
  paper: PaperScore,
  adjustments: ReadonlyMap<string, Adjustment> = new Map(),
): PartScoreRow[] {
  return paper.questions.flatMap(({ parts }, index) =>
    parts.map(({ partId, rule, points, maximum }) => ({
      attemptId,
      partId,
      answerKeyId: questions[index]!.answerKeyId,
      rule,
      automatic: points,
      points: adjustedPoints(points, maximum, adjustments.get(partId) ?? null),
      maximum,
    })),
  )
}
