import type { Prisma } from '@/lib/database/generated/client'
import { readKeyedQuestions } from '@/lib/grading/data'
import { partScoreRows } from '@/lib/grading/part-scores'
import { scorePaper, type Total } from '@/lib/scoring/paper-score'

/**
 * Scores every part of an attempt with the latest key of each pinned version and stores each score with the key
 * version and the rule that it came from. Scores of an earlier grading are replaced.
 * @param transaction of whatever makes the attempt final, holding its row.
 */
export async function gradeAttempt(transaction: Prisma.TransactionClient, attemptId: string): Promise<Total> {
  const questions = await readKeyedQuestions(transaction, attemptId)
  const answers = await transaction.answer.findMany({ where: { attemptId } })
  const paper = scorePaper(questions, new Map(answers.map(({ partId, optionIds }) => [partId, optionIds])))
  await transaction.partScore.deleteMany({ where: { attemptId } })
  await transaction.partScore.createMany({ data: partScoreRows(attemptId, questions, paper) })
  return { points: paper.points, maximum: paper.maximum }
}
