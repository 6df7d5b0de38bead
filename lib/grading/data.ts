import { isDeepStrictEqual } from 'node:util'
import { Problem } from '@/lib/api/problem'
import { readAttempt, readAttemptPreview } from '@/lib/attempts/data'
import type { AttemptView, PartResultView, ResultView } from '@/lib/attempts/view'
import type { AssignmentAccess, AttemptAccess, OwnAttemptAccess } from '@/lib/auth/gate'
import type { PartAdjustment, Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { studentDatabase } from '@/lib/database/student'
import { readFeedback } from '@/lib/feedback/data'
import { readPointingGames } from '@/lib/figures/data'
import type { PointingGameView } from '@/lib/figures/view'
import type { ReleasedKey, ReleasedKeys } from '@/lib/grading/released-keys'
import { readScoreChanges } from '@/lib/grading/score-changes/data'
import type { QuestionPool } from '@/lib/pools/draw'
import {
  keyPointsSchema,
  type PartKey,
  type QuestionContent,
  type QuestionPart,
  questionContentSchema,
  questionKeySchema,
  scoreRuleSchema,
} from '@/lib/questions/content'
import { withKeyPoints } from '@/lib/questions/effective-points'
import { renderText } from '@/lib/questions/rendered-content'
import type { Adjustment } from '@/lib/scoring/adjustment'
import { creditedPoints } from '@/lib/scoring/late-credit'
import { type KeyedQuestion, totalOf } from '@/lib/scoring/paper-score'
import { acceptedKeyOf } from '@/lib/scoring/part-score'
import { readRelease } from '@/lib/submission/data'

/** A question as an attempt pins it, with its latest key. */
export interface PinnedKeyedQuestion extends KeyedQuestion {
  readonly answerKeyId: string
  /** Of the version that the attempt shows. */
  readonly contentHash: string
}

const mostRemembered = 2000
const keyed = new Map<string, Pick<KeyedQuestion, 'content' | 'key'>>()

/**
 * The questions that an attempt pins, each with its latest key, by position. For scoring only. Which key is the latest
 * is asked each time; what a version and a key say never changes, and is read and checked once in a process.
 */
export async function readKeyedQuestions(
  transaction: Prisma.TransactionClient,
  attemptId: string,
): Promise<PinnedKeyedQuestion[]> {
  const pins = await transaction.$queryRaw<
    { questionVersionId: string; slug: string; contentHash: string; answerKeyId: string | null }[]
  >`
    SELECT p."questionVersionId", q.slug, v."contentHash", k.id AS "answerKeyId"
    FROM "AttemptQuestion" p
    JOIN "Question" q ON q.id = p."questionId"
    JOIN "QuestionVersion" v ON v.id = p."questionVersionId"
    LEFT JOIN LATERAL (
      SELECT id FROM "AnswerKey" WHERE "questionVersionId" = v.id ORDER BY version DESC LIMIT 1
    ) k ON true
    WHERE p."attemptId" = ${attemptId}
    ORDER BY p.position`
  const known = pins.map(({ questionVersionId, answerKeyId, ...pin }) => {
    if (answerKeyId === null) throw new Error(`question version ${questionVersionId} has no key`)
    return { ...pin, answerKeyId, says: keyed.get(answerKeyId) }
  })
  const read = await readKeys(
    transaction,
    known.filter(({ says }) => !says).map(({ answerKeyId }) => answerKeyId),
  )
  return known.map(({ says, ...pin }) => ({ ...pin, ...(says ?? read.get(pin.answerKeyId)!) }))
}

async function readKeys(transaction: Prisma.TransactionClient, answerKeyIds: readonly string[]) {
  if (answerKeyIds.length === 0) return new Map<string, never>()
  const rows = await transaction.answerKey.findMany({
    where: { id: { in: [...answerKeyIds] } },
    select: { id: true, secret: true, points: true, questionVersion: { select: { content: true } } },
  })
  const read = new Map(
    rows.map(({ id, secret, points, questionVersion }) => [
      id,
      { content: contentWith(questionVersion.content, points), key: questionKeySchema.parse(secret) },
    ]),
  )
  if (keyed.size + read.size > mostRemembered) keyed.clear()
  for (const [id, says] of read) keyed.set(id, says)
  return read
}

/** @returns by part id, what staff decided by hand about the points of an attempt's parts. */
export async function readAdjustments(
  transaction: Prisma.TransactionClient,
  attemptId: string,
): Promise<ReadonlyMap<string, Adjustment>> {
  const rows = await transaction.partAdjustment.findMany({ where: { attemptId, kind: { not: null } } })
  return new Map(rows.map((row) => [row.partId, adjustmentOf(row)!]))
}

/** @returns null for a comment alone */
export function adjustmentOf({ kind, points }: Pick<PartAdjustment, 'kind' | 'points'>): Adjustment | null {
  return kind && { kind: kind === 'SET' ? 'set' : 'add', points }
}

/** A question's latest version with its latest key, as an attempt that starts now pins it. */
export interface LatestKeyedQuestion extends KeyedQuestion {
  readonly questionId: string
  readonly questionVersionId: string
  /** 1-based. */
  readonly position: number
  readonly answerKeyId: string
  /** null: every attempt has it. */
  readonly pool: QuestionPool | null
}

/**
 * @param archived `left-out`: what an attempt that begins now has; `kept`: also archived questions that an attempt has.
 * @returns the assignment's questions in their order, archived ones last. For scoring and statistics only.
 */
export async function readLatestKeyedQuestions(
  transaction: Prisma.TransactionClient,
  assignmentId: string,
  archived: 'left-out' | 'kept',
): Promise<LatestKeyedQuestion[]> {
  const questions = await transaction.question.findMany({
    where: {
      assignmentId,
      versions: { some: {} },
      ...(archived === 'kept'
        ? { OR: [{ archivedAt: null }, { pins: { some: {} } }] }
        : { archivedAt: null }),
    },
    orderBy: [{ archivedAt: { sort: 'asc', nulls: 'first' } }, { position: 'asc' }, { id: 'asc' }],
    include: {
      pool: { select: { id: true, draw: true } },
      versions: {
        orderBy: { version: 'desc' },
        take: 1,
        include: { keys: { orderBy: { version: 'desc' }, take: 1 } },
      },
    },
  })
  return questions.flatMap(({ id, slug, versions, pool }, index) =>
    versions.map((version) => {
      const key = version.keys[0]
      if (!key) throw new Error(`question version ${version.id} has no key`)
      return {
        questionId: id,
        questionVersionId: version.id,
        position: index + 1,
        slug,
        content: contentWith(version.content, key.points),
        key: questionKeySchema.parse(key.secret),
        answerKeyId: key.id,
        pool: pool && { poolId: pool.id, draw: pool.draw },
      }
    }),
  )
}

function contentWith(content: unknown, points: unknown): QuestionContent {
  return withKeyPoints(questionContentSchema.parse(content), keyPointsSchema.parse(points))
}

/**
 * The viewer's own result, as far as the assignment releases it.
 * @throws Problem `attempt-not-submitted`.
 */
export async function readResult(access: OwnAttemptAccess<'attempt.result'>): Promise<ResultView> {
  return resultAt(await readAttempt(access), new Date())
}

/**
 * For staff: a student's result as the student sees it at a moment. Call `previewAssignment`, which notes that it was
 * looked at.
 * @throws Problem `attempt-not-submitted`.
 */
export async function readResultPreview(
  access: AssignmentAccess<'student.preview'>,
  userId: string,
  number: number,
  at: Date,
): Promise<ResultView> {
  return resultAt(await readAttemptPreview(access, userId, number), at)
}

async function resultAt(attempt: AttemptView, now: Date): Promise<ResultView> {
  const { attemptId } = attempt
  if (attempt.submittedAt === null) throw new Problem('attempt-not-submitted', attemptId)
  const state = await readRelease(attemptId, now)
  const releasedAt = state.scoreAt?.toISOString() ?? null
  const keyReleasedAt = state.keyAt?.toISOString() ?? null
  if (!state.score) return { attempt, score: null, releasedAt, keyReleasedAt }

  const [{ creditPercent }, scores, adjustments, keys] = await Promise.all([
    studentDatabase.attempt.findUniqueOrThrow({
      where: { id: attemptId },
      select: { creditPercent: true },
    }),
    studentDatabase.partScore.findMany({ where: { attemptId } }),
    studentDatabase.partAdjustment.findMany({
      where: { attemptId },
      select: { partId: true, kind: true, comment: true },
    }),
    readReleasedKeys(attemptId, now),
  ])
  const feedback = keys && (await readFeedback(keys, attempt))
  const scoreOf = new Map(scores.map((score) => [score.partId, score]))
  const shown = attempt.questions.flatMap(({ content }) => content.parts)
  const parts = shown.flatMap((part): PartResultView[] => {
    const score = scoreOf.get(part.id)
    if (!score) return []
    const key = keys?.get(part.id)?.key
    const adjustment = adjustments.find(({ partId }) => partId === part.id)
    const chosen = attempt.answers[part.id]?.optionIds ?? []
    return [
      {
        partId: part.id,
        points: score.points,
        maximum: score.maximum,
        rule: scoreRuleSchema.parse(score.rule),
        chosen,
        adjustment: adjustment
          ? { automatic: adjustment.kind ? score.automatic : null, comment: adjustment.comment }
          : null,
        key: key ? { ...keyView(part, key, chosen), feedback: feedback?.get(part.id) ?? null } : null,
      },
    ]
  })
  const { points: earned, maximum } = totalOf(parts)
  const percent = creditPercent ?? 100
  return {
    attempt,
    score: {
      earned,
      creditPercent: percent,
      points: creditedPoints(earned, percent),
      maximum,
      parts,
      changes: await readScoreChanges(attemptId, attempt.submittedAt, percent, shown),
    },
    releasedAt,
    keyReleasedAt,
  }
}

/** @returns by part id, the keys that the viewer's attempt was scored with; null while they are not released. */
export function readKeysReleasedTo(access: OwnAttemptAccess<'attempt.result'>): Promise<ReleasedKeys | null> {
  return readReleasedKeys(access.attemptId, new Date())
}

/**
 * The only way from a key, and from all that is kept about it, to a student. It asks the release settings itself, so
 * that no caller can forget to.
 */
async function readReleasedKeys(attemptId: string, now: Date): Promise<ReleasedKeys | null> {
  return (await readRelease(attemptId, now)).key ? readScoredKeys(attemptId) : null
}

/** For staff: by part id, the keys that an attempt was scored with, released or not. */
export function readKeysForStaff(access: AttemptAccess<'appeal.answer'>): Promise<ReleasedKeys> {
  return readScoredKeys(access.attemptId)
}

async function readScoredKeys(attemptId: string): Promise<ReleasedKeys> {
  const keys = await staffDatabase.answerKey.findMany({
    where: { scores: { some: { attemptId } } },
    select: { id: true, secret: true, scores: { where: { attemptId }, select: { partId: true } } },
  })
  // A regrade of one part leaves the question's other parts with the key that they were scored with.
  const released = keys.flatMap(({ id, secret, scores }) => {
    const key = questionKeySchema.parse(secret)
    return scores.map(({ partId }) => [partId, { answerKeyId: id, key: key[partId]! }] as const)
  })
  return new Map(released) as ReadonlyMap<string, ReleasedKey> as ReleasedKeys
}

/**
 * Where the maps of a question point. It names the objects that questions ask for, and so goes with the key.
 * @returns null while the key is not released, for a question that the attempt does not pin, and before the test.
 */
export async function readPointingGamesReleasedTo(
  access: OwnAttemptAccess<'attempt.result'>,
  questionId: string,
): Promise<PointingGameView[] | null> {
  if (!(await readRelease(access.attemptId, new Date())).key) return null
  const pin = await studentDatabase.attemptQuestion.findUnique({
    where: { attemptId_questionId: { attemptId: access.attemptId, questionId } },
    select: { questionVersion: { select: { trustRequestId: true } } },
  })
  const trustRequestId = pin?.questionVersion.trustRequestId
  return trustRequestId ? readPointingGames(trustRequestId) : null
}

function keyView(
  part: QuestionPart,
  key: PartKey,
  chosen: readonly string[],
): Omit<NonNullable<PartResultView['key']>, 'feedback'> {
  const { correct } = acceptedKeyOf(part.options, key, chosen)
  const accepted = [key, ...(key.alsoAccepted ?? [])].map((one) => one.correct)
  return {
    correct,
    alsoAccepted: accepted.filter((one) => !isDeepStrictEqual(one, correct)),
    explanation: renderText(key.explanation),
  }
}
