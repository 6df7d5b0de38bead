import { Problem } from '@/lib/api/problem'
import { readAttempt } from '@/lib/attempts/data'
import type { PartResultView, ResultView } from '@/lib/attempts/view'
import type { OwnAttemptAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { studentDatabase } from '@/lib/database/student'
import { type PartKey, questionContentSchema, questionKeySchema } from '@/lib/questions/content'
import { creditedPoints } from '@/lib/scoring/late-credit'
import type { KeyedQuestion } from '@/lib/scoring/paper-score'
import { readRelease } from '@/lib/submission/data'

/** @returns the questions that an attempt pins, each with its latest key, by position. For scoring only. */
export async function readKeyedQuestions(
  transaction: Prisma.TransactionClient,
  attemptId: string,
): Promise<(KeyedQuestion & { readonly answerKeyId: string })[]> {
  const pins = await transaction.attemptQuestion.findMany({
    where: { attemptId },
    orderBy: { position: 'asc' },
    include: {
      question: { select: { slug: true } },
      questionVersion: { include: { keys: { orderBy: { version: 'desc' }, take: 1 } } },
    },
  })
  return pins.map(({ question, questionVersion }) => {
    const key = questionVersion.keys[0]
    if (!key) throw new Error(`question version ${questionVersion.id} has no key`)
    return {
      slug: question.slug,
      content: questionContentSchema.parse(questionVersion.content),
      key: questionKeySchema.parse(key.secret),
      answerKeyId: key.id,
    }
  })
}

/** A question's latest version with its latest key, as an attempt that starts now pins it. */
export interface LatestKeyedQuestion extends KeyedQuestion {
  readonly questionId: string
  readonly questionVersionId: string
  /** 1-based. */
  readonly position: number
  readonly answerKeyId: string
}

/** @returns the assignment's questions by position. For scoring and statistics only. */
export async function readLatestKeyedQuestions(
  transaction: Prisma.TransactionClient,
  assignmentId: string,
): Promise<LatestKeyedQuestion[]> {
  const questions = await transaction.question.findMany({
    where: { assignmentId },
    orderBy: { position: 'asc' },
    include: {
      versions: {
        orderBy: { version: 'desc' },
        take: 1,
        include: { keys: { orderBy: { version: 'desc' }, take: 1 } },
      },
    },
  })
  return questions.flatMap(({ id, slug, position, versions }) =>
    versions.map((version) => {
      const key = version.keys[0]
      if (!key) throw new Error(`question version ${version.id} has no key`)
      return {
        questionId: id,
        questionVersionId: version.id,
        position,
        slug,
        content: questionContentSchema.parse(version.content),
        key: questionKeySchema.parse(key.secret),
        answerKeyId: key.id,
      }
    }),
  )
}

/**
 * The viewer's own result, as far as the assignment releases it.
 * @throws Problem `attempt-not-submitted`.
 */
export async function readResult(access: OwnAttemptAccess<'attempt.result'>): Promise<ResultView> {
  const attempt = await readAttempt(access)
  if (attempt.submittedAt === null) throw new Problem('attempt-not-submitted', access.attemptId)
  const state = await readRelease(access.attemptId, new Date())
  const releasedAt = state.scoreAt?.toISOString() ?? null
  const keyReleasedAt = state.keyAt?.toISOString() ?? null
  if (!state.score) return { attempt, score: null, releasedAt, keyReleasedAt }

  const [{ creditPercent }, scores, keys] = await Promise.all([
    studentDatabase.attempt.findUniqueOrThrow({
      where: { id: access.attemptId },
      select: { creditPercent: true },
    }),
    studentDatabase.partScore.findMany({ where: { attemptId: access.attemptId } }),
    readKeysReleasedTo(access),
  ])
  const scoreOf = new Map(scores.map((score) => [score.partId, score]))
  const parts = attempt.questions.flatMap(({ content }) =>
    content.parts.flatMap((part): PartResultView[] => {
      const score = scoreOf.get(part.id)
      if (!score) return []
      const key = keys?.get(part.id)
      return [
        {
          partId: part.id,
          points: score.points,
          maximum: score.maximum,
          rule: score.rule,
          chosen: attempt.answers[part.id]?.optionIds ?? [],
          key: key ? { correct: key.correct, explanation: key.explanation } : null,
        },
      ]
    }),
  )
  const earned = parts.reduce((sum, part) => sum + part.points, 0)
  const percent = creditPercent ?? 100
  return {
    attempt,
    score: {
      earned,
      creditPercent: percent,
      points: creditedPoints(earned, percent),
      maximum: parts.reduce((sum, part) => sum + part.maximum, 0),
      parts,
    },
    releasedAt,
    keyReleasedAt,
  }
}

/**
 * The only way from a key to a student. It asks the release settings itself, so that no caller can forget to.
 * @returns by part id, the keys that the attempt was scored with; null while they are not released.
 */
export async function readKeysReleasedTo(
  access: OwnAttemptAccess<'attempt.result'>,
): Promise<ReadonlyMap<string, PartKey> | null> {
  if (!(await readRelease(access.attemptId, new Date())).key) return null
  const keys = await staffDatabase.answerKey.findMany({
    where: { scores: { some: { attemptId: access.attemptId } } },
    select: { secret: true },
  })
  return new Map(keys.flatMap((key) => Object.entries(questionKeySchema.parse(key.secret))))
}
