import { beforeAll, describe, expect, it } from 'vitest'
import { startAttempt } from '@/lib/attempts/mutations'
import { authorizeAssignment } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { addDemoClass, removeDemoClass } from '@/lib/demo-class/mutations'
import { regradeAnswers } from '@/lib/grading/mutations'
import { type Classroom, openClassroom } from './classroom'

let room: Classroom
beforeAll(async () => {
  room = await openClassroom()
})

const settings = (students = 40) => ({
  courseSlug: room.courseSlug,
  assignmentSlug: 'hw',
  students,
  seed: 1,
  now: new Date(),
})

const rows = async () => ({
  users: await staffDatabase.user.count({ where: { simulated: true } }),
  attempts: await staffDatabase.attempt.count(),
  answers: await staffDatabase.answer.count(),
  events: await staffDatabase.answerEvent.count(),
  scores: await staffDatabase.partScore.count(),
})

describe('a demo class', () => {
  it('is written with everything that real students would leave, and graded as they are', async () => {
    const made = await addDemoClass(settings())
    expect(made).toMatchObject({ students: 40 })
    expect(made.submitted).toBeGreaterThan(20)
    const written = await rows()
    expect(written).toMatchObject({ users: 40, answers: made.answers, scores: 3 * made.submitted })
    expect(written.events).toBeGreaterThanOrEqual(written.answers)
    const attempt = await staffDatabase.attempt.findFirstOrThrow({
      where: { submittedAt: { not: null }, user: { simulated: true } },
      include: { scores: { orderBy: { partId: 'asc' } }, questions: true },
    })
    expect(attempt.questions).toHaveLength(3)
    // Grading it again, as for any submission, changes nothing.
    const partIds = new Set(attempt.scores.map(({ partId }) => partId))
    await staffDatabase.$transaction((transaction) => regradeAnswers(transaction, attempt.id, partIds))
    expect(
      await staffDatabase.partScore.findMany({
        where: { attemptId: attempt.id },
        orderBy: { partId: 'asc' },
      }),
    ).toEqual(attempt.scores)
  })

  it('made again it replaces the former one, and removed nothing of it is left', async () => {
    await addDemoClass(settings(12))
    expect(await rows()).toMatchObject({ users: 12 })
    expect(await removeDemoClass()).toBe(12)
    expect(await rows()).toEqual({ users: 0, attempts: 0, answers: 0, events: 0, scores: 0 })
    expect(await removeDemoClass()).toBe(0)
    const audit = await staffDatabase.auditEvent.findMany({
      where: { action: { startsWith: 'demo-class.' } },
    })
    expect(audit.map(({ action }) => action)).toEqual([
      'demo-class.add',
      'demo-class.add',
      'demo-class.remove',
    ])
  })

  it('is not mixed with real students, and says what else to do', async () => {
    const student = await room.enrol('STUDENT')
    await startAttempt(
      await authorizeAssignment(student, { assignmentId: room.assignmentId }, 'attempt.start'),
    )
    await expect(addDemoClass(settings())).rejects.toThrow(/1 attempts of real students.*another assignment/)
    await expect(addDemoClass({ ...settings(), assignmentSlug: 'none' })).rejects.toThrow(
      /no assignment none in course/,
    )
  })
})
