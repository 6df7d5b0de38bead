import { z } from 'zod'
import type { ScoreChangeView } from '@/lib/attempts/view'
import { studentDatabase } from '@/lib/database/student'
import type { QuestionPart } from '@/lib/questions/content'
import { creditedPoints } from '@/lib/scoring/late-credit'

/** @returns the regrades that moved an attempt's total since it was (last) submitted, the latest first. */
export async function readScoreChanges(
  attemptId: string,
  submittedAt: string,
  creditPercent: number,
  parts: readonly QuestionPart[],
): Promise<ScoreChangeView[]> {
  const moved = await studentDatabase.regradedAttempt.findMany({
    where: { attemptId, regrade: { appliedAt: { gte: submittedAt } } },
    orderBy: { regrade: { appliedAt: 'desc' } },
    include: {
      regrade: {
        select: {
          appliedAt: true,
          reason: true,
          changed: {
            where: { attemptId },
            select: {
              partId: true,
              pointsBefore: true,
              pointsAfter: true,
              maximumBefore: true,
              maximumAfter: true,
            },
          },
        },
      },
    },
  })
  return moved.map(({ pointsBefore, pointsAfter, maximumBefore, maximumAfter, regrade }) => {
    const changed = regrade.changed.filter(
      (one) => one.pointsBefore !== one.pointsAfter || one.maximumBefore !== one.maximumAfter,
    )
    const { zh, en } = writtenReasonSchema.parse(regrade.reason)
    return {
      at: regrade.appliedAt!.toISOString(),
      before: creditedPoints(pointsBefore, creditPercent),
      after: creditedPoints(pointsAfter, creditPercent),
      maximumBefore,
      maximumAfter,
      // Written in one language, it is read in that one.
      reason: { zh: zh || en, en: en || zh },
      parts: parts.flatMap(({ id, label }) => (changed.some(({ partId }) => partId === id) ? [label] : [])),
    }
  })
}

const writtenReasonSchema = z.object({ zh: z.string(), en: z.string() })
