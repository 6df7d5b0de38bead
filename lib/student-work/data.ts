import type { StudentAccess } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { figureSpecSchema, picturesOf } from '@/lib/explainers/figures/spec'
import { questionContentSchema, questionKeySchema, scoreRuleSchema } from '@/lib/questions/content'
import { renderContent, renderText } from '@/lib/questions/rendered-content'
import { withShownOrder } from '@/lib/questions/shown-order'
import { readMinutesAtWork } from '@/lib/scoreboard/data'
import { totalOf } from '@/lib/scoring/paper-score'
import type { PartWork, QuestionWork, SavedChoice, StudentWork } from '@/lib/student-work/view'

/** Everything about a student's latest attempt: each answer, how it came about, and how it was scored. */
export async function readStudentWork(access: StudentAccess<'assignment.inspect'>): Promise<StudentWork> {
  const { name, email, simulated, attempts } = await staffDatabase.user.findUniqueOrThrow({
    where: { id: access.studentId },
    select: {
      name: true,
      email: true,
      simulated: true,
      attempts: {
        where: { assignmentId: access.assignmentId },
        orderBy: { number: 'desc' },
        take: 1,
        include: {
          events: { orderBy: { id: 'asc' } },
          answers: true,
          scores: { include: { answerKey: { select: { version: true, secret: true } } } },
          questions: {
            orderBy: { position: 'asc' },
            include: {
              questionVersion: { include: { keys: { orderBy: { version: 'desc' }, take: 1 } } },
            },
          },
        },
      },
    },
  })
  const attempt = attempts[0]
  const person = { userId: access.studentId, name, email, simulated }
  if (!attempt) return { ...person, state: 'not-started', attempt: null }

  const answerOf = new Map(attempt.answers.map((answer) => [answer.partId, answer.optionIds]))
  const scoreOf = new Map(attempt.scores.map((score) => [score.partId, score]))
  const historyOf = new Map<string, SavedChoice[]>()
  for (const { partId, optionIds, savedAt, revision } of attempt.events) {
    const saves = historyOf.get(partId) ?? []
    historyOf.set(partId, saves)
    saves.push({ optionIds, revision, savedAt: savedAt.toISOString() })
  }
  const questions = attempt.questions.map((pin): QuestionWork => {
    const { questionVersion: version } = pin
    const written = questionContentSchema.parse(version.content)
    const content = renderContent(withShownOrder(written, attempt.shuffled ? attempt.seed : null))
    const latestKey = version.keys[0]
    return {
      questionId: pin.questionId,
      position: pin.position,
      version: version.version,
      content,
      flagged: pin.flagged,
      figureRequestId: version.figureRequestId,
      figurePictures:
        version.figureSpec === null ? [] : picturesOf(figureSpecSchema.parse(version.figureSpec)),
      parts: content.parts.map((part): PartWork => {
        const score = scoreOf.get(part.id)
        const secret = score?.answerKey.secret ?? latestKey?.secret
        const key = secret === undefined ? undefined : questionKeySchema.parse(secret)[part.id]
        return {
          part,
          chosen: answerOf.get(part.id) ?? [],
          history: historyOf.get(part.id) ?? [],
          score: score
            ? {
                points: score.points,
                maximum: score.maximum,
                rule: scoreRuleSchema.parse(score.rule),
                keyVersion: score.answerKey.version,
              }
            : null,
          key: key ? { correct: key.correct, explanation: renderText(key.explanation) } : null,
        }
      }),
    }
  })
  const submitted = attempt.submittedAt !== null
  const minutes = submitted ? await readMinutesAtWork([attempt.id]) : null
  const total = submitted ? totalOf(attempt.scores) : null
  return {
    ...person,
    state: submitted ? 'submitted' : 'working',
    attempt: {
      attemptId: attempt.id,
      number: attempt.number,
      startedAt: attempt.startedAt.toISOString(),
      submittedAt: attempt.submittedAt?.toISOString() ?? null,
      receipt: attempt.receipt,
      minutes: minutes?.get(attempt.id) ?? null,
      points: total?.points ?? null,
      maximum: total?.maximum ?? null,
      questions,
    },
  }
}
