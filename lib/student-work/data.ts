import type { AttemptAccess, StudentAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { figureSpecSchema, picturesOf } from '@/lib/explainers/figures/spec'
import { adjustmentOf } from '@/lib/grading/data'
import { questionContentSchema, questionKeySchema, scoreRuleSchema } from '@/lib/questions/content'
import { renderContent, renderText } from '@/lib/questions/rendered-content'
import { withShownOrder } from '@/lib/questions/shown-order'
import { readMinutesAtWork } from '@/lib/scoreboard/data'
import { totalOf } from '@/lib/scoring/paper-score'
import type { AttemptWork, PartWork, QuestionWork, SavedChoice, StudentWork } from '@/lib/student-work/view'

/**
 * Everything about one attempt of a student: each answer, how it came about, and how it was scored.
 * @param number of the attempt; left out, or where there is no such attempt: the latest
 */
export async function readStudentWork(
  access: StudentAccess<'assignment.inspect'>,
  number?: number,
): Promise<StudentWork> {
  const { name, email, simulated, attempts } = await staffDatabase.user.findUniqueOrThrow({
    where: { id: access.studentId },
    select: {
      name: true,
      email: true,
      simulated: true,
      attempts: {
        where: { assignmentId: access.assignmentId },
        orderBy: { number: 'asc' },
        select: { id: true, number: true, submittedAt: true },
      },
    },
  })
  const shown = attempts.find((attempt) => attempt.number === number) ?? attempts.at(-1)
  return {
    userId: access.studentId,
    name,
    email,
    simulated,
    attempts: attempts.map((attempt) => attempt.number),
    state: shown ? (shown.submittedAt ? 'submitted' : 'working') : 'not-started',
    attempt: shown ? await readWork(shown.id) : null,
  }
}

/** The same of the attempt that somebody asks about. */
export function readAttemptWork(access: AttemptAccess<'appeal.answer'>): Promise<AttemptWork> {
  return readWork(access.attemptId)
}

const everything = {
  events: { orderBy: { id: 'asc' } },
  answers: true,
  adjustments: true,
  reopened: { orderBy: { reopenedAt: 'desc' } },
  scores: { include: { answerKey: { select: { version: true, secret: true } } } },
  questions: {
    orderBy: { position: 'asc' },
    include: { questionVersion: { include: { keys: { orderBy: { version: 'desc' }, take: 1 } } } },
  },
} as const satisfies Prisma.AttemptInclude

type AttemptRow = Prisma.AttemptGetPayload<{ include: typeof everything }>

async function readWork(attemptId: string): Promise<AttemptWork> {
  const attempt = await staffDatabase.attempt.findUniqueOrThrow({
    where: { id: attemptId },
    include: everything,
  })
  const adjusters = await staffDatabase.user.findMany({
    where: { id: { in: attempt.adjustments.map(({ authorId }) => authorId) } },
    select: { id: true, name: true },
  })
  const submitted = attempt.submittedAt !== null
  const minutes = submitted ? await readMinutesAtWork([attempt.id]) : null
  const total = submitted ? totalOf(attempt.scores) : null
  const partOf = partReader(attempt, new Map(adjusters.map(({ id, name }) => [id, name])))
  return {
    attemptId: attempt.id,
    number: attempt.number,
    startedAt: attempt.startedAt.toISOString(),
    submittedAt: attempt.submittedAt?.toISOString() ?? null,
    receipt: attempt.receipt,
    superseded: attempt.reopened.map(({ receipt, submittedAt, reopenedAt, points, maximum }) => ({
      receipt,
      submittedAt: submittedAt.toISOString(),
      reopenedAt: reopenedAt.toISOString(),
      points,
      maximum,
    })),
    minutes: minutes?.get(attempt.id) ?? null,
    points: total?.points ?? null,
    maximum: total?.maximum ?? null,
    questions: attempt.questions.map(({ questionVersion: version, ...pin }): QuestionWork => {
      const written = questionContentSchema.parse(version.content)
      const content = renderContent(withShownOrder(written, attempt.shuffled ? attempt.seed : null))
      return {
        questionId: pin.questionId,
        position: pin.position,
        shownNumber: attempt.drawn ? pin.position : null,
        version: version.version,
        content,
        flagged: pin.flagged,
        figureRequestId: version.figureRequestId,
        figurePictures:
          version.figureSpec === null ? [] : picturesOf(figureSpecSchema.parse(version.figureSpec)),
        parts: content.parts.map((part) => partOf(part, version.keys[0]?.secret)),
      }
    }),
  }
}

/** @param names of whoever adjusted something, by user id */
function partReader(attempt: AttemptRow, names: ReadonlyMap<string, string>) {
  const answerOf = new Map(attempt.answers.map((answer) => [answer.partId, answer.optionIds]))
  const scoreOf = new Map(attempt.scores.map((score) => [score.partId, score]))
  const adjustedOf = new Map(attempt.adjustments.map((adjusted) => [adjusted.partId, adjusted]))
  const historyOf = new Map<string, SavedChoice[]>()
  for (const { partId, optionIds, savedAt, revision } of attempt.events) {
    const saves = historyOf.get(partId) ?? []
    historyOf.set(partId, saves)
    saves.push({ optionIds, revision, savedAt: savedAt.toISOString() })
  }
  return (part: PartWork['part'], latestSecret: unknown): PartWork => {
    const score = scoreOf.get(part.id)
    const adjusted = adjustedOf.get(part.id)
    const secret = score?.answerKey.secret ?? latestSecret
    const key = secret === undefined ? undefined : questionKeySchema.parse(secret)[part.id]
    return {
      part,
      chosen: answerOf.get(part.id) ?? [],
      history: historyOf.get(part.id) ?? [],
      score: score
        ? {
            points: score.points,
            automatic: score.automatic,
            maximum: score.maximum,
            rule: scoreRuleSchema.parse(score.rule),
            keyVersion: score.answerKey.version,
          }
        : null,
      key: key ? { correct: key.correct, explanation: renderText(key.explanation) } : null,
      adjustment: adjusted
        ? {
            adjustment: adjustmentOf(adjusted),
            comment: adjusted.comment,
            reason: adjusted.reason,
            by: names.get(adjusted.authorId) ?? null,
            at: adjusted.updatedAt.toISOString(),
          }
        : null,
    }
  }
}
