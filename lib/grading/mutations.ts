import type { Prisma } from '@/lib/database/generated/client'
import { type PinnedKeyedQuestion, readAdjustments, readKeyedQuestions } from '@/lib/grading/data'
import { type PartScoreRow, partScoreRows } from '@/lib/grading/part-scores'
import { scorePaper, type Total, totalOf } from '@/lib/scoring/paper-score'

/**
 * Keeps the keys of an assignment as they are until the transaction ends. Whoever scores, or takes scores away, takes this
 * before any row of an attempt, and reads keys after it; a regrade, which takes the same lock alone, waits for all of them and they for it. So
 * no score is made by a key that a regrade has replaced and missed.
 */
export async function holdKeys(transaction: Prisma.TransactionClient, assignmentId: string): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${lockName(assignmentId)}, 0))`
}

/** As `holdKeys`, for whoever changes keys and the scores with them: alone. */
export async function takeKeys(transaction: Prisma.TransactionClient, assignmentId: string): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${lockName(assignmentId)}, 0))`
}

const lockName = (assignmentId: string) => `keys of ${assignmentId}`

/**
 * Scores parts of a submitted attempt anew, with the latest key of each pinned version, because their answers changed.
 * Adjustments by hand stay, and so do the other parts' scores.
 * @param transaction of whatever changed the answers, holding the assignment's keys (`holdKeys`) and the attempt's row
 * @returns the attempt's new total
 */
export async function regradeAnswers(
  transaction: Prisma.TransactionClient,
  attemptId: string,
  partIds: ReadonlySet<string>,
): Promise<Total> {
  const questions = await readKeyedQuestions(transaction, attemptId)
  const answers = await transaction.answer.findMany({ where: { attemptId } })
  const paper = scorePaper(questions, new Map(answers.map(({ partId, optionIds }) => [partId, optionIds])))
  const rows = partScoreRows(attemptId, questions, paper, await readAdjustments(transaction, attemptId))
  await writeScores(
    transaction,
    rows.filter(({ partId }) => partIds.has(partId)),
  )
  return totalOf(await transaction.partScore.findMany({ where: { attemptId } }))
}

/**
 * Scores every part of an attempt and stores each score with the key version and the rule that it came from.
 * @param transaction of whatever makes the attempt final, holding the assignment's keys (`holdKeys`) and the attempt's row
 */
export async function storeScores(
  transaction: Prisma.TransactionClient,
  attemptId: string,
  questions: readonly PinnedKeyedQuestion[],
  chosen: ReadonlyMap<string, readonly string[]>,
): Promise<Total> {
  const paper = scorePaper(questions, chosen)
  // An attempt that was opened again may have been adjusted before.
  const rows = partScoreRows(attemptId, questions, paper, await readAdjustments(transaction, attemptId))
  await writeScores(transaction, rows)
  return totalOf(rows)
}

async function writeScores(
  transaction: Prisma.TransactionClient,
  rows: readonly PartScoreRow[],
): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO "PartScore" ("attemptId", "partId", "answerKeyId", rule, automatic, points, maximum)
    SELECT "attemptId", "partId", "answerKeyId", rule, automatic, points, maximum
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS row ("attemptId" text, "partId" text, "answerKeyId" text, rule text, automatic int, points int, maximum int)
    ON CONFLICT ("attemptId", "partId") DO UPDATE
      SET "answerKeyId" = excluded."answerKeyId", rule = excluded.rule, automatic = excluded.automatic,
          points = excluded.points, maximum = excluded.maximum`
}
