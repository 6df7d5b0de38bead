import { describe, expect, it } from 'vitest'
import { PUT as putAssignment } from '@/app/api/assignments/[assignmentId]/route'
import { readAttempt } from '@/lib/attempts/data'
import { saveAnswer, startAttempt } from '@/lib/attempts/mutations'
import {
  authorizeAssignment,
  authorizeOwnAttempt,
  authorizeSaving,
  authorizeStudent,
  type Viewer,
} from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { readResult } from '@/lib/grading/data'
import type { QuestionContent } from '@/lib/questions/content'
import { readStudentWork } from '@/lib/student-work/data'
import { submitAttempt } from '@/lib/submission/mutations'
import { call, inSession, openClassroom, question } from './classroom'

const orderOf = ({ parts }: QuestionContent) => parts.map(({ options }) => options.map(({ id }) => id))

/** A classroom whose options are shuffled, the last one of each part pinned. */
async function shufflingRoom() {
  const questions = [question(1), question(2, { correct: ['a', 'b'] }), question(3)]
  for (const { content } of questions) content.parts[0]!.options[3]!.pinned = true
  const room = await openClassroom(questions)
  const teacher = await room.enrol('INSTRUCTOR')
  const set = async (shuffleOptions: boolean) => {
    const { slug, title, introduction } = room.document.assignment
    const body = { slug, title, introduction, state: 'PUBLISHED', shuffleOptions }
    const params = { assignmentId: room.assignmentId }
    expect((await call(putAssignment, 'PUT', teacher, { params, body })).status).toBe(200)
  }
  await set(true)
  const start = async (student: Viewer) =>
    (await startAttempt(await authorizeAssignment(student, room, 'attempt.start'))).attemptId
  return { room, teacher, set, start }
}

describe('shuffled options', () => {
  it('stand in one order on every page of an attempt, and answers are graded by what they name', async () => {
    const { room, teacher, set, start } = await shufflingRoom()
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    const read = async () =>
      (await readAttempt(await authorizeOwnAttempt(student, { attemptId }, 'attempt.read'))).questions
    const shown = (await read()).map(({ content }) => orderOf(content))
    for (const [order] of shown) {
      expect([...order!].sort()).toEqual(['a', 'b', 'c', 'd'])
      expect(order![3]).toBe('d')
    }
    for (const [partId, optionIds] of [
      ['q01', ['a']],
      ['q02', ['b', 'a']],
      ['q03', ['c']],
    ] as const)
      await saveAnswer(inSession(student), await authorizeSaving(student, attemptId), partId, {
        optionIds,
        clientId: 't',
        revision: 1,
      })
    // What is set later is for later attempts.
    await set(false)
    await submitAttempt(await authorizeOwnAttempt(student, { attemptId }, 'attempt.submit'))
    const result = await readResult(await authorizeOwnAttempt(student, { attemptId }, 'attempt.result'))
    expect(result.attempt.questions.map(({ content }) => orderOf(content))).toEqual(shown)
    expect(result.score!.parts.map(({ points }) => points)).toEqual([300, 300, 0])
    const work = await readStudentWork(
      await authorizeStudent(teacher, room, student.userId, 'assignment.inspect'),
    )
    expect(work.attempt!.questions.map(({ content }) => orderOf(content))).toEqual(shown)
    expect(work.attempt!.questions[0]!.parts[0]!.part).toEqual(work.attempt!.questions[0]!.content.parts[0])
  })

  it('stand in another order for others, and as written where nothing is shuffled', async () => {
    const { room, set, start } = await shufflingRoom()
    const orders = new Set<string>()
    for (let index = 0; index < 8; index += 1) {
      const student = await room.enrol('STUDENT')
      const attemptId = await start(student)
      const { questions } = await readAttempt(
        await authorizeOwnAttempt(student, { attemptId }, 'attempt.read'),
      )
      orders.add(questions.map(({ content }) => orderOf(content)).join('|'))
    }
    // 216 orders of three parts: that eight students see the same one happens once in 10^16 runs.
    expect(orders.size).toBeGreaterThan(1)
    await set(false)
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    const { questions } = await readAttempt(await authorizeOwnAttempt(student, { attemptId }, 'attempt.read'))
    for (const { content } of questions) expect(orderOf(content)).toEqual([['a', 'b', 'c', 'd']])
    expect(await staffDatabase.attempt.findUniqueOrThrow({ where: { id: attemptId } })).toMatchObject({
      seed: expect.any(Number),
      shuffled: false,
    })
  })
})
