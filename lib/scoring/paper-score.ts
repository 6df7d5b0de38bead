import type { QuestionContent, QuestionKey } from '@/lib/questions/content'
import { type PartScore, scorePart } from './part-score'

/** A question with its key, as an attempt pins it. */
export interface KeyedQuestion {
  readonly slug: string
  readonly content: QuestionContent
  readonly key: QuestionKey
}

export interface Total {
  /** Thousandths of a point. */
  readonly points: number
  /** Thousandths of a point. */
  readonly maximum: number
}

export interface PaperPartScore extends PartScore {
  readonly partId: string
  /** In the order in which the options are shown. */
  readonly chosen: readonly string[]
}

export interface QuestionScore extends Total {
  readonly slug: string
  readonly parts: readonly PaperPartScore[]
}

export interface PaperScore extends Total {
  readonly questions: readonly QuestionScore[]
}

/** Sum of points and maxima; integers, so that a perfect paper is exactly its maximum. */
export function totalOf(scores: readonly Total[]): Total {
  return scores.reduce<Total>(
    (total, { points, maximum }) => ({ points: total.points + points, maximum: total.maximum + maximum }),
    { points: 0, maximum: 0 },
  )
}

/**
 * Scores a whole paper.
 * @param answers chosen option ids by part id; a part without an entry is unanswered
 * @throws RangeError when an answer names a part that the paper does not have, a part has no key, or as `scorePart`
 */
export function scorePaper(
  questions: readonly KeyedQuestion[],
  answers: ReadonlyMap<string, readonly string[]>,
): PaperScore {
  const partIds = new Set(questions.flatMap(({ content }) => content.parts.map((part) => part.id)))
  for (const partId of answers.keys())
    if (!partIds.has(partId)) throw new RangeError(`answers: there is no part "${partId}" in this paper`)
  const scored = questions.map((question) => scoreQuestion(question, answers))
  return { ...totalOf(scored), questions: scored }
}

function scoreQuestion(
  { slug, content, key }: KeyedQuestion,
  answers: ReadonlyMap<string, readonly string[]>,
): QuestionScore {
  const parts = content.parts.map((part): PaperPartScore => {
    const partKey = key[part.id]
    if (partKey === undefined) throw new RangeError(`key: part "${part.id}" has no key`)
    const chosen = answers.get(part.id) ?? []
    const score = scorePart(part.options, partKey, part.points, chosen)
    const shown = part.options.map((option) => option.id).filter((id) => chosen.includes(id))
    return { ...score, partId: part.id, chosen: shown }
  })
  return { ...totalOf(parts), slug, parts }
}
