import type { Prisma } from '@/lib/database/generated/client'
import { type PinnedKeyedQuestion, readKeyedQuestions } from '@/lib/grading/data'
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
  const chosen = new Map(answers.map(({ partId, optionIds }) => [partId, optionIds]))
  return storeScores(transaction, attemptId, questions, chosen)
}

/** As `gradeAttempt`, where questions and answers are known already. */
export async function storeScores(
  transaction: Prisma.TransactionClient,
  attemptId: string,
  questions: readonly PinnedKeyedQuestion[],
  chosen: ReadonlyMap<string, readonly string[]>,
): Promise<Total> {
  const paper = scorePaper(questions, chosen)
  await transaction.$executeRaw`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(partScoreRows(attemptId, questions, paper))}::jsonb)
        AS row ("attemptId" text, "partId" text, "answerKeyId" text, rule text, points int, maximum int)
    ), gone AS (
      DELETE FROM "PartScore" WHERE "attemptId" = ${attemptId} AND "partId" NOT IN (SELECT "partId" FROM given)
    )
    INSERT INTO "PartScore" ("attemptId", "partId", "answerKeyId", rule, points, maximum)
    SELECT "attemptId", "partId", "answerKeyId", rule, points, maximum FROM given
    ON CONFLICT ("attemptId", "partId") DO UPDATE
      SET "answerKeyId" = excluded."answerKeyId", rule = excluded.rule,
          points = excluded.points, maximum = excluded.maximum`
  return { points: paper.points, maximum: paper.maximum }
}
