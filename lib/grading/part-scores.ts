import type { PaperScore } from '@/lib/scoring/paper-score'

/** A part's score as stored, with the key version and the rule that it came from. */
export interface PartScoreRow {
  readonly attemptId: string
  readonly partId: string
  readonly answerKeyId: string
  readonly rule: string
  /** Thousandths of a point. */
  readonly points: number
  /** Thousandths of a point. */
  readonly maximum: number
}

/** @param questions the paper's questions, in the order in which `paper` was scored */
export function partScoreRows(
  attemptId: string,
  questions: readonly { readonly answerKeyId: string }[],
  paper: PaperScore,
): PartScoreRow[] {
  return paper.questions.flatMap(({ parts }, index) =>
    parts.map(({ partId, rule, points, maximum }) => ({
      attemptId,
      partId,
      answerKeyId: questions[index]!.answerKeyId,
      rule,
      points,
      maximum,
    })),
  )
}
